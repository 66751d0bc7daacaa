using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Support;

namespace Spearmint.Docs;

/// <summary>The code of the page about migrations, compiled and run.</summary>
public sealed class MigrationExamples : SpearmintKit
{
    private sealed record Customer(string Name);

    private sealed record SaveCustomer(long Id, Customer? Customer);

    private sealed class Store : IMigrationStore<long, Customer?, SaveCustomer>
    {
        private readonly Dictionary<long, Customer> _rows = [];

        public Task<Customer?> ReadAsync(long query, CancellationToken cancellationToken)
        {
            lock (_rows)
                return Task.FromResult(_rows.GetValueOrDefault(query));
        }

        public Task WriteAsync(SaveCustomer command, CancellationToken cancellationToken)
        {
            lock (_rows)
            {
                _rows.Remove(command.Id);
                if (command.Customer is not null)
                    _rows.Add(command.Id, command.Customer);
            }

            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<long>> IdsAsync()
        {
            lock (_rows)
                return Task.FromResult<IReadOnlyList<long>>([.. _rows.Keys]);
        }
    }

    [Fact]
    public async Task How_to_migrate_data()
    {
        var client = Client;
        var ct = CancellationToken.None;
        var (oldStore, newStore) = (new Store(), new Store());
        await oldStore.WriteAsync(new SaveCustomer(7, new Customer("Grace")), ct);

        var customers = client.CreateMigration("customers", oldStore, newStore, new MigrationOptions<long, Customer?, SaveCustomer>
        {
            KeyOfCommand = save => $"{save.Id}",
            KeyOfQuery = id => $"{id}",
            Settings = new StrategySettings { MigrationGuard = new MigrationGuard { MaxMismatchRate = 0.01, Window = 1000 } },
        });

        var customer = await customers.ReadAsync(42, ct);
        var written = await customers.WriteAsync(new SaveCustomer(42, new Customer("Ada")), ct);

        if (written.Behind is not null)
            await customers.WriteAsync(new SaveCustomer(42, new Customer("Ada")), ct);

        Assert.Null(customer);

        await customers.MoveToAsync(MigrationStage.DualWrite);
        foreach (var id in await oldStore.IdsAsync())
        {
            await customers.BetweenWritesAsync($"{id}", async () =>
            {
                await newStore.WriteAsync(new SaveCustomer(id, await oldStore.ReadAsync(id, ct)), ct);
                return id;
            });
        }

        await customers.MoveToAsync(MigrationStage.Shadow);
        var stage = await customers.GetStageAsync();

        Assert.Equal(MigrationStage.Shadow, stage);
        Assert.Equal([7L, 42L], (await newStore.IdsAsync()).Order());
    }
}
