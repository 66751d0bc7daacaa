using Spearmint.Domain;

namespace Spearmint.Chaos;

/// <summary>The input of a run: it says what the function does with each config, and remembers what the function threw.</summary>
internal sealed class Job
{
    private readonly Act[] _acts;
    private readonly Exception?[] _thrown;

    public Job(long number, Act[] acts)
        : this(number, acts, new Exception?[acts.Length])
    {
    }

    private Job(long number, Act[] acts, Exception?[] thrown)
    {
        Number = number;
        _acts = acts;
        _thrown = thrown;
    }

    public long Number { get; }

    public Act ActOf(string configId) => _acts[Variants.PlaceOf(configId)];

    public Exception? ThrownWith(string configId) => Volatile.Read(ref _thrown[Variants.PlaceOf(configId)]);

    public bool HasThrown(Exception exception) => _thrown.Any(thrown => ReferenceEquals(thrown, exception));

    /// <summary>Remembers what the function is about to throw.</summary>
    public Exception Throwing(Config config, Exception exception)
    {
        Volatile.Write(ref _thrown[Variants.PlaceOf(config.Id)], exception);
        return exception;
    }

    /// <summary>The same job in another object, for experiments that clone their input.</summary>
    public Job Copy() => new(Number, _acts, _thrown);

    public override string ToString() => $"job {Number} [{string.Join(", ", _acts.Select(act => $"{act.Behaviour} {act.Milliseconds}"))}]";
}

/// <summary>The output of the function.</summary>
internal sealed record Reply(long Number, string Config, string? Much = null)
{
    public const int MuchLength = 16_384;
}

/// <summary>What the function throws.</summary>
internal sealed class ChaosException(long number, string configId) : Exception($"job {number} with config '{configId}'");
