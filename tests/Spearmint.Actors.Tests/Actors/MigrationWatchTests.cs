using Akka.TestKit.Xunit2;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Support;

namespace Spearmint.Actors;

public sealed class MigrationWatchTests : TestKit
{
    private readonly Surroundings _surroundings = Some.Surroundings(new FakeClock());
    private readonly List<MigrationStage> _moves = [];
    private readonly MigrationWatch _watch;
    private SettingsInForce _settings = Some.Settings;

    public MigrationWatchTests()
    {
        _watch = new MigrationWatch("customers", _surroundings, Sys.Log, stage =>
        {
            _moves.Add(stage);
            Put(stage, _settings.Settings.MigrationGuard);
        });
        Put(MigrationStage.Live, new MigrationGuard { MaxMismatchRate = 0.25, Window = 4 });
    }

    [Fact]
    public void Too_many_mismatches_move_the_stage_one_step_back_and_say_so()
    {
        Note(ComparisonVerdict.Mismatch, ComparisonVerdict.Match, ComparisonVerdict.Match);
        Assert.Empty(_moves);

        Note(ComparisonVerdict.Mismatch);

        Assert.Equal([MigrationStage.Shadow], _moves);
        Assert.True(_surroundings.Log.TryTake(out var happened));
        var back = Assert.IsType<MigrationSteppedBack>(happened);
        Assert.Equal(("customers", MigrationStage.Live, MigrationStage.Shadow, 2, 4, DateTimeOffset.UnixEpoch),
            (back.Strategy, back.From, back.To, back.Mismatches, back.Window, back.At));
    }

    [Fact]
    public void The_window_is_empty_after_a_step_back()
    {
        Note(ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch);
        Note(ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch);
        Assert.Equal([MigrationStage.Shadow], _moves);

        Note(ComparisonVerdict.Mismatch);

        Assert.Equal([MigrationStage.Shadow, MigrationStage.DualWrite], _moves);
    }

    [Fact]
    public void What_was_read_before_the_stage_changed_does_not_count()
    {
        var before = _settings.Version;
        Put(MigrationStage.Shadow, _settings.Settings.MigrationGuard);

        for (var count = 0; count < 10; count++)
            _watch.Note(Some.Comparison(ComparisonVerdict.Mismatch), before);

        Assert.Empty(_moves);
    }

    [Fact]
    public void Another_guard_begins_with_an_empty_window_and_other_settings_do_not()
    {
        Note(ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch);
        Put(MigrationStage.Live, new MigrationGuard { MaxMismatchRate = 0.2, Window = 4 });
        Note(ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch);
        Assert.Empty(_moves);

        Put(MigrationStage.Live, new MigrationGuard { MaxMismatchRate = 0.2, Window = 4 });
        Note(ComparisonVerdict.Mismatch);

        Assert.Equal([MigrationStage.Shadow], _moves);
    }

    [Theory]
    [InlineData(ComparisonVerdict.Match)]
    [InlineData(ComparisonVerdict.Ignored)]
    [InlineData(ComparisonVerdict.Error)]
    public void Only_mismatches_count_against_the_new_store(ComparisonVerdict verdict)
    {
        Note(verdict, verdict, verdict, verdict, ComparisonVerdict.Mismatch, verdict, verdict, verdict, ComparisonVerdict.Mismatch);

        Assert.Empty(_moves);
    }

    [Fact]
    public void Noise_says_nothing_of_the_new_store()
    {
        for (var count = 0; count < 10; count++)
            _watch.Note(Some.Comparison(ComparisonVerdict.Mismatch) with { IsNoise = true }, _settings.Version);

        Assert.Empty(_moves);
    }

    [Theory]
    [InlineData(MigrationStage.Off)]
    [InlineData(MigrationStage.DualWrite)]
    [InlineData(MigrationStage.RampDown)]
    [InlineData(MigrationStage.Complete)]
    public void A_stage_that_compares_nothing_stays(MigrationStage stage)
    {
        Put(stage, _settings.Settings.MigrationGuard);

        Note(ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch);

        Assert.Empty(_moves);
    }

    [Fact]
    public void Without_a_guard_nothing_moves_by_itself()
    {
        Put(MigrationStage.Live, null);

        Note(ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch, ComparisonVerdict.Mismatch);

        Assert.Empty(_moves);
    }

    private void Note(params ComparisonVerdict[] verdicts)
    {
        foreach (var verdict in verdicts)
            _watch.Note(Some.Comparison(verdict), _settings.Version);
    }

    private void Put(MigrationStage stage, MigrationGuard? guard)
    {
        _settings = new SettingsInForce(
            _settings.Version + 1, new StrategySettings { MigrationStage = stage, MigrationGuard = guard }, SpearmintSettings.Default);
        _watch.Obey(_settings);
    }
}
