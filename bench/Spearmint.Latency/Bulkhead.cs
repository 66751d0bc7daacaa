using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Strategies;

namespace Spearmint.Latency;

/// <summary>What the callers of one strategy notice when every function of another blocks its thread.</summary>
internal sealed class Bulkhead(SpearmintClient client)
{
    private const int Blocked = 64;

    private static readonly Config[] Two = [Config.From(new { }, "primary"), Config.From(new { }, "shadow")];

    public IReadOnlyList<Row> Rows(string name, Func<Task<int>> function)
    {
        var healthy = client.CreateExperiment<int, int>($"healthy, {name}", (_, _, _) => function(), Two, Strategy.Shadow());
        return
        [
            new Row($"{name}, alone", () => healthy.RunAsync(0)),
            Beside($"{name}, beside {Blocked} blocked primaries and {Blocked} blocked shadows", wasQuick: false),
            Beside($"{name}, beside the same of a function that was quick before", wasQuick: true),
        ];

        Row Beside(string what, bool wasQuick)
        {
            var stuck = new Stuck(client, what, wasQuick);
            return new Row(what, () => healthy.RunAsync(0)) { Before = stuck.StickAsync, After = stuck.ReleaseAsync };
        }
    }

    private sealed class Stuck
    {
        private readonly Experiment<bool, int> _experiment;
        private readonly bool _wasQuick;
        private readonly object _gate = new();
        private Task _calls = Task.CompletedTask;
        private bool _released;
        private int _inside;

        public Stuck(SpearmintClient client, string name, bool wasQuick)
        {
            _wasQuick = wasQuick;
            _experiment = client.CreateExperiment<bool, int>($"stuck, {name}", Call, Two, Strategy.Shadow());
        }

        public async Task StickAsync()
        {
            _released = false;
            for (var run = 0; _wasQuick && run < 5000; run++)
                await _experiment.RunAsync(false);

            _calls = Task.WhenAll(Enumerable.Range(0, Blocked).Select(_ => _experiment.RunAsync(true)));
            while (Volatile.Read(ref _inside) < 2 * Blocked)
                await Task.Delay(10);
        }

        public Task ReleaseAsync()
        {
            lock (_gate)
            {
                _released = true;
                Monitor.PulseAll(_gate);
            }

            return _calls;
        }

        private Task<int> Call(bool blocks, Config config, CancellationToken cancellationToken)
        {
            if (blocks)
                Block();
            return Task.FromResult(0);
        }

        // the thread pool helps a task that is waited for, and nothing else that blocks
        private void Block()
        {
            Interlocked.Increment(ref _inside);
            lock (_gate)
            {
                while (!_released)
                    Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _inside);
        }
    }
}
