using Spearmint.Domain;
using Spearmint.Execution;
using Spearmint.Support;

namespace Spearmint.Strategies;

/// <summary>Who takes part, and what a run does that takes no part or whose config is forced.</summary>
public sealed class AdmissionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly Participation Nobody = new() { Share = 0 };

    [Fact]
    public void Whoever_takes_part_at_one_step_of_the_ramp_does_so_at_every_later_one()
    {
        var before = new HashSet<string>();
        foreach (var share in Participation.Ramp)
        {
            var request = Request(new Participation { Share = share });
            var now = Keyed.Keys.Where(key => Of(request with { Key = key }) == Attendance.TakesPart).ToHashSet();

            Assert.Superset(before, now);
            Assert.InRange(now.Count / (double)Keyed.Count, share - 0.02, share + 0.02);
            before = now;
        }

        Assert.Equal(Keyed.Count, before.Count);
    }

    [Fact]
    public void A_key_takes_part_or_not_whatever_the_run()
    {
        var request = Request(new Participation { Share = 0.5 });

        Assert.All(Keyed.Keys.Take(100), key => Assert.Single(
            Choices.Ids(20).Select(id => Of(request with { RunId = id, Key = key })).Distinct()));
    }

    [Fact]
    public void A_run_without_a_key_takes_part_by_its_run_id_independently_of_shadow_sampling()
    {
        var request = Request(new Participation { Share = 0.5 });
        var sampled = Choices.Ids(Choices.Runs).Where(id => StableHash.Share(id, StableHash.ShadowSampling) < 0.5).ToList();

        Assert.InRange(sampled.Count(id => Of(request with { RunId = id }) == Attendance.TakesPart), sampled.Count * 0.48, sampled.Count * 0.52);
    }

    [Fact]
    public void Lists_and_times_of_the_settings_count()
    {
        var request = Request(new Participation { Share = 0, AllowedKeys = ["tester"], StartsAt = Now });

        Assert.Equal(Attendance.TakesPart, Of(request with { Key = "tester" }));
        Assert.Equal(Attendance.StaysOut, Of(request with { Key = "other" }));
        Assert.Equal(Attendance.StaysOut, new Admission(Now.AddTicks(-1), MayTakePart: true, null).Of(request with { Key = "tester" }));
    }

    [Fact]
    public void A_run_that_may_not_take_part_stays_out_even_with_an_allowed_key() => Assert.Equal(
        Attendance.StaysOut, new Admission(Now, MayTakePart: false, null).Of(Request(new Participation { AllowedKeys = ["tester"] }) with { Key = "tester" }));

    [Fact]
    public void A_forced_config_runs_whoever_takes_part()
    {
        var request = Request(Nobody with { DeniedKeys = ["tester"] }) with { Key = "tester" };

        var (plan, attendance) = RunPlanner.Plan(new RoundRobinStrategy(), "round_robin", request, AnswerShape.Output, new Admission(Now, MayTakePart: false, "c"));

        Assert.Equal(("c", Attendance.Forced), (Keyed.Only(plan), attendance));
    }

    [Fact]
    public void A_forced_config_that_there_is_not_is_an_error_that_names_it_and_the_configs() => Assert.Contains(
        "The forced config 'z' is not among the configs: a, b, c.", Assert.Throws<ArgumentException>(() => Forced(new RoundRobinStrategy(), "z", null)).Message);

    [Theory]
    [InlineData(AnswerShape.Output, BranchRole.Primary)]
    [InlineData(AnswerShape.Container, BranchRole.Candidate)]
    public void A_forced_config_answers_in_the_shape_that_the_caller_expects(AnswerShape expected, BranchRole role)
    {
        foreach (IStrategy strategy in (IStrategy[])[new RoundRobinStrategy(), new MultiBranchStrategy(), new ShadowStrategy()])
        {
            var plan = Forced(strategy, "b", expected);
            Assert.Equal((expected, "b", role), (plan.Answer, plan.Branches[0].Config.Id, Assert.Single(plan.Branches).Role));
        }
    }

    [Fact]
    public void Where_the_caller_takes_any_shape_a_forced_config_answers_as_the_strategy_does()
    {
        Assert.Equal(AnswerShape.Output, Forced(new ShadowStrategy(), "b", null).Answer);
        Assert.Equal(AnswerShape.Container, Forced(new MultiBranchStrategy(), "b", null).Answer);
        Assert.True(Forced(new ShadowStrategy(), "b", null).IsShadowed);
    }

    [Theory]
    [InlineData("round_robin")]
    [InlineData("first_success")]
    [InlineData("weighted")]
    [InlineData("random")]
    [InlineData("sticky")]
    public void A_run_that_takes_no_part_runs_the_first_config(string name) =>
        Assert.Equal("a", Keyed.Only(Baseline(new StrategyCatalogue().Create(name), AnswerShape.Output)));

    [Fact]
    public void A_switch_to_one_config_leaves_the_others_the_first() =>
        Assert.Equal("a", Keyed.Only(Baseline(Strategy.SingleConfig("b").Create(), AnswerShape.Output)));

    [Fact]
    public void Shadow_runs_its_primary_without_shadows_and_may_be_asked_for_them()
    {
        var plan = Baseline(new ShadowStrategy("b"), AnswerShape.Output);

        Assert.Equal("b", Keyed.Only(plan));
        Assert.True(plan.IsShadowed);
    }

    [Fact]
    public void Multi_branch_runs_the_first_config_in_a_container()
    {
        var plan = Baseline(new MultiBranchStrategy(), AnswerShape.Container);

        Assert.Equal((AnswerShape.Container, "a", BranchRole.Candidate), (plan.Answer, plan.Branches[0].Config.Id, Assert.Single(plan.Branches).Role));
    }

    [Fact]
    public void A_sample_leaves_the_baseline_to_its_inner_strategy_and_a_pick_to_its_first()
    {
        Assert.Equal("b", Keyed.Only(Baseline(Strategy.Sampled(0, Strategy.Shadow("b"), Choices.C).Create(), AnswerShape.Output)));
        Assert.Equal("b", Keyed.Only(Baseline(Strategy.Pick((0, Strategy.Shadow("b")), (1, Strategy.Shadow("c"))).Create(), AnswerShape.Output)));
    }

    [Fact]
    public void A_baseline_of_one_output_fits_a_caller_who_expects_all_branches()
    {
        var plan = Baseline(new EveryConfig(), AnswerShape.Container);

        Assert.Equal((AnswerShape.Container, "a", BranchRole.Candidate), (plan.Answer, plan.Branches[0].Config.Id, Assert.Single(plan.Branches).Role));
    }

    [Fact]
    public void A_caller_who_cannot_use_all_branches_hears_of_it_also_in_a_run_that_takes_no_part() =>
        Assert.Throws<AnswerShapeException>(() => Baseline(new MultiBranchStrategy(), AnswerShape.Output));

    [Fact]
    public void The_rotation_does_not_advance_for_runs_that_take_no_part_or_are_forced()
    {
        var strategy = new RoundRobinStrategy();
        var all = Request(Participation.Everybody);
        var chosen = new List<string>();
        for (var run = 0; run < 4; run++)
        {
            chosen.Add(Keyed.Only(RunPlanner.Plan(strategy, "round_robin", all, null, new Admission(Now, true, null)).Plan));
            Baseline(strategy, null);
            Forced(strategy, "b", null);
        }

        Assert.Equal(["a", "b", "c", "a"], chosen);
    }

    [Fact]
    public void Without_configs_every_run_is_refused_whether_it_takes_part_or_not()
    {
        var request = Request(Nobody) with { Configs = ConfigSet.Empty };

        foreach (var admission in (Admission[])[new(Now, true, null), new(Now, false, null), new(Now, true, "a")])
            Assert.Contains("'mine' has no configs", Assert.Throws<ArgumentException>(() => RunPlanner.Plan(new EveryConfig(), "mine", request, null, admission)).Message);
    }

    [Fact]
    public void A_baseline_that_is_null_is_refused_with_the_name_of_the_strategy() =>
        Assert.Contains("'mine'", Assert.Throws<InvalidPlanException>(() => RunPlanner.Plan(new NoBaseline(), "mine", Request(Nobody), null, new Admission(Now, true, null))).Message);

    private static PlanRequest Request(Participation participation) => new(Guid.NewGuid(), "experiment", Some.Configs("a", "b", "c"), null)
    {
        Settings = new StrategySettings { Participation = participation },
    };

    private static Attendance Of(PlanRequest request) => new Admission(Now, MayTakePart: true, null).Of(request);

    private static RunPlan Baseline(IStrategy strategy, AnswerShape? expected)
    {
        var (plan, attendance) = RunPlanner.Plan(strategy, "strategy", Request(Nobody), expected, new Admission(Now, MayTakePart: true, null));
        Assert.Equal(Attendance.StaysOut, attendance);
        return plan;
    }

    private static RunPlan Forced(IStrategy strategy, string id, AnswerShape? expected) =>
        RunPlanner.Plan(strategy, "strategy", Request(Nobody), expected, new Admission(Now, MayTakePart: true, id)).Plan;

    private sealed class EveryConfig : IStrategy
    {
        public RunPlan Plan(PlanRequest request) => RunPlan.All(request.Configs);
    }

    private sealed class NoBaseline : IStrategy
    {
        public RunPlan Plan(PlanRequest request) => RunPlan.All(request.Configs);

        public RunPlan Baseline(PlanRequest request) => null!;
    }
}
