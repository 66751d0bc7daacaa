using Spearmint.Support;

namespace Spearmint.Execution;

public sealed class AlarmTests
{
    private readonly FakeClock _clock = new();
    private readonly Alarm _alarm;
    private int _rings;

    public AlarmTests() => _alarm = new Alarm(_clock, () => _rings++);

    [Fact]
    public void It_rings_once_when_its_time_has_passed()
    {
        _alarm.Set(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, false), (_rings, _alarm.IsDue()));

        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal((1, true), (_rings, _alarm.IsDue()));
    }

    [Fact]
    public void What_it_is_set_to_last_holds()
    {
        _alarm.Set(TimeSpan.FromSeconds(1));
        _alarm.Set(TimeSpan.FromSeconds(3));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((0, false), (_rings, _alarm.IsDue()));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, true), (_rings, _alarm.IsDue()));
    }

    [Fact]
    public void Stopped_it_is_silent()
    {
        _alarm.Set(TimeSpan.FromSeconds(1));
        _alarm.Stop();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0, _rings);
    }
}
