package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.pass.PoolPass;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/** Lets a plan for a pool pass only if it is another one than the pool's last. */
public final class ShownPlans extends ServiceSupport implements IdempotentRepository {
  private final Map<String, String> last = new ConcurrentHashMap<>();

  @Override
  public boolean add(Exchange exchange, String plan) {
    String pool = exchange.getMessage().getBody(PoolPass.class).pool();
    return !plan.equals(last.put(pool, plan));
  }

  @Override
  public boolean contains(Exchange exchange, String plan) {
    String pool = exchange.getMessage().getBody(PoolPass.class).pool();
    return plan.equals(last.get(pool));
  }

  @Override
  public boolean remove(Exchange exchange, String plan) {
    return last.values().remove(plan);
  }

  @Override
  public boolean confirm(Exchange exchange, String plan) {
    return add(exchange, plan);
  }

  @Override
  public boolean add(String plan) {
    return true;
  }

  @Override
  public boolean contains(String plan) {
    return false;
  }

  @Override
  public boolean remove(String plan) {
    return true;
  }

  @Override
  public boolean confirm(String plan) {
    return true;
  }

  @Override
  public void clear() {
    last.clear();
  }
}
