package io.github.metallbdyn6.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A container that runs the program, as its manifests say.
 *
 * @param name kind, namespace and name of what has the container
 * @param arguments its command line
 * @param variables its environment
 * @param secret variables whose values are not in the manifests
 * @param routes the files in the folder with the routes; nothing where they are not in the
 *     manifests
 * @param problems what Kubernetes, or the start, would refuse
 * @param notes what cannot be checked
 */
public record InstalledProgram(
    String name,
    List<String> arguments,
    Map<String, String> variables,
    Set<String> secret,
    Optional<Map<String, String>> routes,
    List<String> problems,
    List<String> notes) {}
