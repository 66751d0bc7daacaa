using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Comparing;

public sealed class ComparisonRulesTests
{
    private static ComparisonRules<string, string> Rules => ComparisonRules.For<string, string>();

    [Fact]
    public async Task A_comparer_decides_what_is_equal() =>
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(Rules.CompareWith(StringComparer.OrdinalIgnoreCase), "a", "A")).Verdict);

    [Fact]
    public async Task A_predicate_gets_the_reference_first()
    {
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(Rules.CompareWith((a, b) => a == "one" && b == "two"), "one", "two")).Verdict);
        Assert.Equal(ComparisonVerdict.Mismatch, (await Pair.OfAsync(Rules.CompareWith((_, _) => false), "a", "a")).Verdict);
    }

    [Fact]
    public async Task An_asynchronous_comparer_is_awaited_and_gets_the_token()
    {
        using var cancellation = new CancellationTokenSource();
        var answer = new TaskCompletionSource<bool>();
        var rules = Rules.CompareWith((_, _, ct) =>
        {
            Assert.Equal(cancellation.Token, ct);
            return answer.Task;
        });

        var comparing = Pair.OfAsync(rules, "a", "b", ct: cancellation.Token).AsTask();
        Assert.False(comparing.IsCompleted);
        answer.SetResult(true);

        Assert.Equal(ComparisonVerdict.Match, (await comparing.Soon()).Verdict);
    }

    [Fact]
    public async Task The_last_way_to_compare_counts()
    {
        var rules = ComparisonRules.For<int, double>().CompareWithin(10).CompareWith((a, b) => a == b);

        Assert.Equal(["$: 1 -> 2"], (await Pair.OfAsync(rules, 1.0, 2.0)).Shown());
    }

    [Theory]
    [InlineData(1.00, 1.01, true)]
    [InlineData(1.00, 1.02, false)]
    [InlineData(double.NaN, double.NaN, true)]
    [InlineData(double.NaN, 1.0, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, false)]
    [InlineData(double.PositiveInfinity, double.MaxValue, false)]
    public async Task Numbers_may_be_close(double reference, double compared, bool equal) =>
        Assert.Equal(
            equal ? ComparisonVerdict.Match : ComparisonVerdict.Mismatch,
            (await Pair.OfAsync(ComparisonRules.For<int, double>().CompareWithin(0.01), reference, compared)).Verdict);

    [Fact]
    public async Task Numbers_of_any_type_may_be_close()
    {
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(ComparisonRules.For<int, int?>().CompareWithin(1), 1, 2)).Verdict);
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(ComparisonRules.For<int, decimal>().CompareWithin(0.01), 10.00m, 10.01m)).Verdict);
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(
            ComparisonRules.For<int, ulong>().CompareWithin(1), ulong.MaxValue, ulong.MaxValue - 1)).Verdict);
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(ComparisonRules.For<int, object>().CompareWithin(1), 1, 1.5)).Verdict);
    }

    [Fact]
    public async Task Numbers_within_an_output_may_be_close_and_all_else_is_equal()
    {
        var rules = ComparisonRules.For<int, Quote>().CompareWithin(0.01);

        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(rules, new Quote("a", 1, [2]), new Quote("a", 1.01m, [2.01m]))).Verdict);
        Assert.Equal(["$.lines[0]: 2 -> 2.02"], (await Pair.OfAsync(rules, new Quote("a", 1, [2]), new Quote("a", 1.01m, [2.02m]))).Shown());
        Assert.Equal(["""$.name: "a" -> "b" """.TrimEnd()], (await Pair.OfAsync(rules, new Quote("a", 1, [2]), new Quote("b", 1, [2]))).Shown());
    }

    [Fact]
    public async Task A_tolerance_reaches_numbers_of_types_with_an_equality_of_their_own()
    {
        var rules = ComparisonRules.For<int, Money[]>().CompareWithin(0.01);

        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(rules, new Money[] { new(1) }, new Money[] { new(1.01m) })).Verdict);
        Assert.Equal(ComparisonVerdict.Mismatch, (await Pair.OfAsync(rules, new Money[] { new(1) }, new Money[] { new(1, "hidden") })).Verdict);
    }

    [Fact]
    public async Task A_mismatch_says_where() =>
        Assert.Equal(["$.lines[1]: (absent) -> 3"],
            (await Pair.OfAsync(ComparisonRules.For<int, Quote>(), new Quote("a", 1, [2]), new Quote("a", 1, [2, 3]))).Shown());

    [Fact]
    public async Task Failures_are_equal_by_type_and_message()
    {
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(Rules, new TimeoutException("a"), new TimeoutException("a"))).Verdict);
        Assert.Equal(["""$error.message: "a" -> "b" """.TrimEnd()], (await Pair.OfAsync(Rules, new TimeoutException("a"), new TimeoutException("b"))).Shown());
        Assert.Equal(["""$error.type: "System.TimeoutException" -> "System.IO.IOException" """.TrimEnd()],
            (await Pair.OfAsync(Rules, new TimeoutException("a"), new IOException("a"))).Shown());
    }

    [Fact]
    public async Task Failures_may_be_compared_otherwise()
    {
        var rules = Rules.CompareErrorsWith((a, b) => a.Message.Length == b.Message.Length);

        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(rules, new TimeoutException("a"), new IOException("b"))).Verdict);
        Assert.Equal(ComparisonVerdict.Mismatch, (await Pair.OfAsync(rules, new TimeoutException("a"), new TimeoutException("aa"))).Verdict);
    }

    [Fact]
    public async Task That_one_failed_and_the_other_did_not_is_a_difference_whatever_the_comparers_say()
    {
        var rules = Rules.CompareWith((_, _) => true).CompareErrorsWith((_, _) => true);
        var findings = await Pair.OfAsync(rules, "a", new IOException("gone"));

        Assert.Equal(ComparisonVerdict.Mismatch, findings.Verdict);
        Assert.Equal(3, findings.DifferenceCount);
        Assert.Equal(
            ["$status: \"Success\" -> \"Failed\"",
                "$error.type: (absent) -> \"System.IO.IOException\"", "$error.message: (absent) -> \"gone\""], findings.Shown());
    }

    [Fact]
    public async Task Secrets_of_either_config_are_in_no_difference()
    {
        var a = Config.From(new { apiKey = "hunter2" }, "a");
        var b = Config.From(new { apiKey = "swordfish" }, "b");
        var rules = ComparisonRules.For<int, object>();

        var outputs = await rules.CompareAsync(
            Pair.Ended(new { url = "x/hunter2/swordfish", token = 1 }, a), Pair.Ended(new { url = "y/hunter2", token = 2 }, b), null, default);
        var errors = await rules.CompareAsync(
            Pair.Ended(new IOException("no hunter2"), a), Pair.Ended(new IOException("no swordfish"), b), null, default);

        Assert.Equal(["$.url: \"x/***/***\" -> \"y/***\"", "$.token: \"***\" -> \"***\""], outputs.Shown());
        Assert.Equal(["$error.message: \"no ***\" -> \"no ***\""], errors.Shown());
    }

    public static TheoryData<string, ComparisonRules> Throwing => new()
    {
        { "comparer", Rules.CompareWith((_, _) => throw new IOException("real")) },
        { "asynchronous comparer", Rules.CompareWith((_, _, _) => Task.FromException<bool>(new IOException("real"))) },
        { "rule", Rules.Ignore("rule", (_, _) => throw new IOException("real")) },
        { "rule on branches", Rules.Ignore("rule", (_, _, _) => throw new IOException("real")) },
        { "clean", Rules.Clean(_ => throw new IOException("real")) },
    };

    [Theory]
    [MemberData(nameof(Throwing))]
    public async Task What_the_users_code_throws_is_an_error_with_that_exception(string what, ComparisonRules rules)
    {
        var findings = await Pair.OfAsync(rules, "a", "b", "input");

        Assert.True(findings.Verdict == ComparisonVerdict.Error, what);
        Assert.Equal("real", Assert.IsType<IOException>(findings.Error).Message);
    }

    [Fact]
    public async Task A_comparer_of_errors_that_throws_is_an_error() =>
        Assert.IsType<IOException>((await Pair.OfAsync(
            Rules.CompareErrorsWith((_, _) => throw new IOException()), new IOException("a"), new IOException("b"))).Error);

    [Fact]
    public async Task A_cancelled_comparison_is_an_error()
    {
        var rules = Rules.CompareWith((_, _, ct) => Task.FromCanceled<bool>(ct));

        Assert.IsType<TaskCanceledException>((await Pair.OfAsync(rules, "a", "b", ct: new CancellationToken(canceled: true))).Error);
    }

    [Fact]
    public async Task An_output_of_another_type_is_an_error() =>
        Assert.IsType<InvalidCastException>((await Pair.OfAsync(Rules, "a", 1)).Error);

    [Fact]
    public async Task An_output_of_more_than_a_megabyte_has_a_verdict_and_no_differences()
    {
        var (reference, compared) = (Enumerable.Repeat("text", 200_000).ToList(), Enumerable.Repeat("text", 200_000).ToList());
        Assert.Equal(ComparisonVerdict.Match, (await Pair.OfAsync(ComparisonRules.Equality, reference, compared)).Verdict);

        compared[^1] = "other";
        var findings = await Pair.OfAsync(ComparisonRules.Equality, reference, compared);

        Assert.Equal((ComparisonVerdict.Mismatch, 0), (findings.Verdict, findings.DifferenceCount));
    }

    [Fact]
    public void Rules_fit_the_types_that_they_are_for_and_what_derives_from_them()
    {
        Rules.CheckFits(typeof(string), typeof(string));
        ComparisonRules.For<object, IEnumerable<int>>().CheckFits(typeof(int), typeof(List<int>));
        ComparisonRules.Equality.CheckFits(typeof(int), typeof(Quote));

        var error = Assert.Throws<ArgumentException>(() => Rules.CheckFits(typeof(string), typeof(Quote)));
        Assert.Contains("System.String", error.Message);
        Assert.Contains(nameof(Quote), error.Message);
        Assert.Throws<ArgumentException>(() => Rules.CheckFits(typeof(int), typeof(string)));
    }

    [Fact]
    public async Task Every_method_gives_new_rules()
    {
        var rules = Rules;
        var all = rules.CompareWith((_, _) => true).CompareErrorsWith((_, _) => true).Clean(_ => "clean").Ignore("a", (_, _) => true)
            .IgnorePath("b", "$").MeasuredBy("config");

        Assert.Equal("config", all.ReferenceConfigId);
        Assert.Equal("config", all.CompareWithin(1).ReferenceConfigId);
        Assert.Equal("clean", all.CleanOutput("dirty"));
        Assert.Null(rules.ReferenceConfigId);
        Assert.Equal("dirty", rules.CleanOutput("dirty"));
        Assert.Equal(ComparisonVerdict.Mismatch, (await Pair.OfAsync(rules, "a", "b")).Verdict);
        Assert.Throws<ArgumentException>(() => rules.MeasuredBy(" "));
    }

    private sealed record Quote(string Name, decimal Total, decimal[] Lines);

    private sealed class Money(decimal amount, string note = "")
    {
        private readonly string _note = note;

        public decimal Amount { get; } = amount;

        public override bool Equals(object? obj) => obj is Money other && other.Amount == Amount && other._note == _note;

        public override int GetHashCode() => 0;
    }
}
