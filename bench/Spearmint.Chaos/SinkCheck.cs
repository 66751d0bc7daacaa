using Spearmint.Chaos.Sinks;
using Spearmint.Protocol;

namespace Spearmint.Chaos;

/// <summary>Looks at the sinks at the end: none knows of more or fewer events than there were.</summary>
internal sealed class SinkCheck(IReadOnlyDictionary<string, UnreliableSink> unreliable, TallySink tally, RunSinks ofRuns, Findings findings)
{
    public const string Hanging = "hanging";

    public void Check(IReadOnlyList<SinkStatus> sinks, IReadOnlyList<string> unfinished, int writers)
    {
        foreach (var sink in sinks)
        {
            findings.Expect(sink.Written + sink.Dropped + sink.Queued == tally.Events, "events of a sink do not add up", () => $"{sink}, {tally.Events} events");
            if (unreliable.TryGetValue(sink.Name, out var known))
                findings.Expect(known.Taken == sink.Written, "a sink has taken other events than were written to it", () => $"{sink}, {known.Taken} taken");
        }

        findings.Expect(unfinished.All(name => name == Hanging), "a sink was not flushed", () => string.Join(", ", unfinished));
        findings.Expect(ofRuns.Started == ofRuns.Finished, "sinks of single runs", () => $"{ofRuns.Started} started, {ofRuns.Finished} finished");
        findings.Expect(writers == sinks.Count, "writers of single runs are left over", () => $"{writers} writers for {sinks.Count} sinks, {ofRuns.Made} runs had one");
    }
}
