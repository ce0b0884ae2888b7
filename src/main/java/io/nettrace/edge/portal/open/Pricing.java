package io.nettrace.edge.portal.open;

import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.plan.Entitlement;
import io.nettrace.plan.Plan;
import io.nettrace.plan.Plans;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plans beside each other, as the catalogue of plans has them. */
@Page
public class Pricing {
  @Inject Plans plans;

  /** What a plan is sold as. */
  public record Offer(
      String name,
      String title,
      String price,
      String period,
      String calls,
      String history,
      String targets,
      String interval,
      String keys,
      String members,
      List<Added> adds,
      String includes) {}

  /** A line of the comparison: something, and which plans have it, in the order of the plans. */
  public record Line(String what, boolean coming, List<Boolean> has) {}

  /** Something that a plan adds; what cannot be used yet says so. */
  public record Added(String what, boolean coming) {}

  @Once
  public List<Offer> offers() {
    List<Plan> all = plans.all();
    return all.stream()
        .map(plan -> offer(plan, all.indexOf(plan) == 0 ? null : all.get(all.indexOf(plan) - 1)))
        .toList();
  }

  @Once
  public List<Line> lines() {
    return Arrays.stream(Entitlement.values())
        .sorted(Comparator.comparingInt(this::firstPlan))
        .map(
            entitlement ->
                new Line(
                    DisplayFormat.sentence(entitlement.words()),
                    plans.isComing(entitlement),
                    plans.all().stream().map(plan -> plan.has(entitlement)).toList()))
        .toList();
  }

  private Offer offer(Plan plan, @Nullable Plan before) {
    return new Offer(
        plan.name(),
        plan.title(),
        price(plan),
        plan.centsPerMonth() == 0 ? "for good" : "a month",
        plan.unlimited() ? "Unlimited, fair use" : "%,d a day".formatted(plan.callsPerDay()),
        span(plan.history()),
        plan.customTargets() == 0 ? "–" : Integer.toString(plan.customTargets()),
        plan.customTargets() == 0 ? "–" : "every " + plan.fastestInterval().toSeconds() + " s",
        Integer.toString(plan.keys()),
        "%,d".formatted(plan.members()),
        Arrays.stream(Entitlement.values())
            .filter(plan::has)
            .filter(entitlement -> before == null || !before.has(entitlement))
            .map(
                entitlement ->
                    new Added(
                        DisplayFormat.sentence(entitlement.words()), plans.isComing(entitlement)))
            .toList(),
        Optional.ofNullable(before).map(Plan::title).orElse(""));
  }

  private int firstPlan(Entitlement entitlement) {
    return plans.cheapestWith(entitlement).map(plans.all()::indexOf).orElse(Integer.MAX_VALUE);
  }

  private static String price(Plan plan) {
    return plan.centsPerMonth() == 0 ? "Free" : "$%,d".formatted(plan.centsPerMonth() / 100);
  }

  private static String span(Duration history) {
    return history.toDays() < 2 ? history.toHours() + " hours" : history.toDays() + " days";
  }
}
