package io.github.metallbdyn6.management;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanRegistration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.ModelMBean;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.api.management.mbean.ManagedCounterMBean;
import org.apache.camel.api.management.mbean.ManagedPerformanceCounterMBean;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.jspecify.annotations.Nullable;

/**
 * Registers each of Camel's objects in JMX by its name alone, and describes its attributes and
 * operations when somebody looks at them for the first time. There are three hundred objects, and
 * their descriptions took a seventh of the start, though hardly anybody reads one.
 */
public final class LazyMBeans extends DefaultManagementMBeanAssembler {
  private static final Class<?>[] KINDS = {ModelMBean.class, MBeanRegistration.class};

  /** The status page shows them of every route and step. */
  private static final Map<String, Method> COUNTS =
      Stream.of(ManagedCounterMBean.class, ManagedPerformanceCounterMBean.class)
          .flatMap(type -> Stream.of(type.getDeclaredMethods()))
          .filter(method -> method.getName().startsWith("get"))
          .collect(Collectors.toMap(method -> method.getName().substring(3), method -> method));

  private LazyMBeans(CamelContext context) {
    super(context);
  }

  /** Has a context that is not built yet describe its objects late. */
  public static void useIn(CamelContext context) {
    context.getCamelContextExtension().setManagementMBeanAssembler(new LazyMBeans(context));
  }

  /** An object that sends notifications has to know its description from the start. */
  @Override
  public @Nullable ModelMBean assemble(MBeanServer server, Object object, ObjectName name)
      throws JMException {
    if (object instanceof NotificationSenderAware || Proxy.isProxyClass(object.getClass())) {
      return super.assemble(server, object, name);
    }
    Described described = new Described(object, name, () -> super.assemble(server, object, name));
    return (ModelMBean) Proxy.newProxyInstance(LazyMBeans.class.getClassLoader(), KINDS, described);
  }

  /** While JMX registers an object, it asks for no more than the name of a class. */
  private static final class Described implements InvocationHandler {
    private final Object object;
    private final ObjectName name;
    private final Callable<@Nullable ModelMBean> description;
    private @Nullable ModelMBean described;
    private volatile boolean registered;

    Described(Object object, ObjectName name, Callable<@Nullable ModelMBean> description) {
      this.object = object;
      this.name = name;
      this.description = description;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments)
        throws Throwable {
      if (method.getDeclaringClass() == MBeanRegistration.class) {
        return registration(method.getName(), arguments);
      }
      if (!registered && method.getName().equals("getMBeanInfo")) {
        return new MBeanInfo(name.toString(), "", null, null, null, null);
      }
      Optional<Method> count = count(method, arguments);
      return count.isPresent() ? count.get().invoke(object) : call(method, arguments);
    }

    private Optional<Method> count(Method method, Object[] arguments) {
      boolean counted =
          object instanceof ManagedPerformanceCounterMBean
              && method.getName().equals("getAttribute");
      return counted
          ? Optional.ofNullable(COUNTS.get(String.valueOf(arguments[0])))
          : Optional.empty();
    }

    private @Nullable Object registration(String step, Object[] arguments) {
      registered |= step.equals("postRegister");
      return step.equals("preRegister") ? arguments[1] : null;
    }

    private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
      boolean ofEveryObject = method.getDeclaringClass() == Object.class;
      try {
        return method.invoke(ofEveryObject ? this : described(), arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private synchronized @Nullable ModelMBean described() throws Exception {
      if (described == null) {
        described = description.call();
      }
      return described;
    }
  }
}
