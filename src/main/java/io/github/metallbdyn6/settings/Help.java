package io.github.metallbdyn6.settings;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The text of {@code --help}. */
public final class Help {
  private Help() {}

  /** Returns what the program is, every setting, and an example. */
  public static String text() {
    return """
        metallb-dyn6 keeps a MetalLB IPAddressPool on the IPv6 prefix that your ISP delegates today.

        Usage: java -jar metallb-dyn6.jar [--check] [--SETTING=VALUE ...] [HOST_RANGE [METALLB_POOL]]
               java -jar metallb-dyn6.jar --check FILE
               java -jar metallb-dyn6.jar --release[=remove]
               java -jar metallb-dyn6.jar --help | --version

        The program runs until it is stopped. The cluster is that of KUBECONFIG, and in a pod that of the
        service account.

        --check says whether settings and routes are right; it needs no cluster and starts nothing. With a
        FILE, or - for the standard input, it checks the settings and routes in manifests:

          kubectl kustomize FOLDER | java -jar metallb-dyn6.jar --check -

        --release takes everything of the program off the pool and off services, before the program is
        removed. A handover goes on to its end first. The range stays in the pool; with =remove it goes,
        unless a service has an address in it. Stop the program before. --dry-run shows what would be done.

        All settings are environment variables, and arguments, which count more; a setting that is true or
        false is true without a value. The settings of a source stand at the top of its file
        source-NAME.camel.yaml, and are environment variables only.

        %s

        Example:

          METALLB_DYN6_METALLB_POOL=public METALLB_DYN6_HOST_RANGE=::1000-::1999 \\
          METALLB_DYN6_DRY_RUN=true KUBECONFIG=~/.kube/config java -jar metallb-dyn6.jar

        The same by arguments:

          KUBECONFIG=~/.kube/config java -jar metallb-dyn6.jar --dry-run ::1000-::1999 public

        Exit status: 0 after a stop that was asked for, a good check or a whole release, 1 when something of the program
        had to stay, 2 when a setting, a route or an argument is wrong.
        """
        .formatted(
            Arrays.stream(Setting.values()).map(Help::of).collect(Collectors.joining("\n\n")));
  }

  /** Returns the setting as a row of a Markdown table: variable, meaning, value, default. */
  public static String tableRow(Setting setting) {
    String byDefault = Defaults.of(setting);
    return "| `%s` | %s | %s | %s |"
        .formatted(
            setting.variable(),
            setting.meaning(),
            setting.unit(),
            byDefault.isEmpty() ? "" : "`" + byDefault + "`");
  }

  private static String of(Setting setting) {
    String byDefault = Defaults.of(setting);
    return "  %s, %s%n      %s%n      (%s; %s; for example %s)"
        .formatted(
            setting.variable(),
            Arguments.flagOf(setting),
            setting.meaning(),
            setting.unit(),
            byDefault.isEmpty() ? "no default" : "default " + byDefault,
            setting.example());
  }
}
