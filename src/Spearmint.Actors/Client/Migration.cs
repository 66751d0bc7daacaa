using Spearmint.Comparing;
using Spearmint.Domain;
using Spearmint.Protocol;
using Spearmint.Strategies;

namespace Spearmint.Client;

/// <summary>
/// Reads from and writes to two stores while everything moves from the old one to the new one, stage by stage. Made once, by
/// <see cref="SpearmintClient"/>, and used from any thread. Its reads and writes are recorded as the experiments <c>name.read</c> and
/// <c>name.write</c>, with the configs <c>old</c> and <c>new</c>.
/// </summary>
/// <typeparam name="TQuery">What a read asks.</typeparam>
/// <typeparam name="TResult">What a read gives.</typeparam>
/// <typeparam name="TCommand">What a write does.</typeparam>
public sealed class Migration<TQuery, TResult, TCommand>
{
    // one that is never cancelled, and yet is one: a run without a token has that of the function that it is asked for in
    private static readonly CancellationTokenSource Never = new();

    private const string AllRows = "";
    private const string WrittenMeanwhile = "written meanwhile";

    private static readonly ConfigSet Stores = new([Config.From(new { store = "old" }, "old"), Config.From(new { store = "new" }, "new")]);

    private readonly IMigrationStore<TQuery, TResult, TCommand> _old;
    private readonly IMigrationStore<TQuery, TResult, TCommand> _new;
    private readonly Func<TCommand, string>? _keyOf;
    private readonly WriteTurns _turns;
    private readonly Experiment<TQuery, TResult> _reads;
    private readonly Experiment<MigrationWrite<TCommand>, object?> _writes;

    internal Migration(
        SpearmintClient client, string name, IMigrationStore<TQuery, TResult, TCommand> oldStore,
        IMigrationStore<TQuery, TResult, TCommand> newStore, MigrationOptions<TQuery, TResult, TCommand> options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(oldStore);
        ArgumentNullException.ThrowIfNull(newStore);
        Name = name;
        _old = oldStore;
        _new = newStore;
        _keyOf = options.KeyOfCommand;
        _turns = new WriteTurns(name, client.Surroundings.Clock, client.Asking.Overdue);
        var settings = options.Settings with { Configs = Stores };
        Check(settings);
        var supervisor = client.RegisterAsync(new RegisterStrategy(name, Strategy.Migration) { Settings = settings, Check = Check });
        _reads = new Experiment<TQuery, TResult>(
            client, $"{name}.read", ExperimentFunction.From<TQuery, TResult>(ReadAsync), Stores, Strategy.Migration,
            new ExperimentOptions { Compare = IgnoringWritten(options) }, supervisor);
        _writes = new Experiment<MigrationWrite<TCommand>, object?>(
            client, $"{name}.write", ExperimentFunction.From<MigrationWrite<TCommand>, object?>(WriteAsync), Stores, Strategy.Migration,
            ExperimentOptions.Default, supervisor);
    }

    /// <summary>The name. The migration's strategy is registered under it.</summary>
    public string Name { get; }

    /// <summary>Reads from the store that answers at this stage. Where the other one is read and compared too, nobody waits for it.</summary>
    /// <param name="query">What to read.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="OverloadedException">Too much is in progress; nothing has been read.</exception>
    /// <exception cref="ShuttingDownException">Spearmint is shutting down.</exception>
    /// <remarks>Any other exception is what the store threw, as it was thrown.</remarks>
    public Task<TResult> ReadAsync(TQuery query, CancellationToken cancellationToken = default) => _reads.RunAsync(query, cancellationToken);

    /// <summary>
    /// Writes to the store that answers at this stage, and to the other one when that has succeeded and the stage writes both. A failure of
    /// the first store is thrown, and nothing is written to the other; a failure of the other is in the result.
    /// </summary>
    /// <param name="command">What to write.</param>
    /// <param name="cancellationToken">Ends the wait for the turn of the row. A write that has its turn is not cancelled: it ends, or its deadline ends it.</param>
    /// <exception cref="BranchTimedOutException">The first store has not ended in time. Whether it has the write is not known: repeat it.</exception>
    /// <exception cref="OverloadedException">Too much is in progress, or the writes of the row before this one do not end; nothing has been written.</exception>
    /// <exception cref="ShuttingDownException">Spearmint is shutting down.</exception>
    /// <remarks>Any other exception is what the store threw, as it was thrown.</remarks>
    public Task<MigrationWriteResult> WriteAsync(TCommand command, CancellationToken cancellationToken = default) =>
        InTurnAsync(KeyOf(command), async turn => new MigrationWriteResult(
            await _writes.RunDetailedAsync(new MigrationWrite<TCommand>(command, turn), Never.Token)), cancellationToken);

    /// <summary>
    /// Does something while no write of a key is carried out in this process: copies a row that was there before, or one that a store is
    /// behind with. The action uses the stores themselves; a write by way of the migration would wait for its own end.
    /// </summary>
    /// <param name="key">The key of the row, as <see cref="MigrationOptions{TQuery, TResult, TCommand}.KeyOfCommand"/> gives it.</param>
    /// <param name="action">What to do. The key is kept until it has ended.</param>
    /// <param name="cancellationToken">Ends the wait for the turn.</param>
    /// <exception cref="OverloadedException">The writes of the row before this do not end; nothing has been done.</exception>
    public Task<T> BetweenWritesAsync<T>(string key, Func<Task<T>> action, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(action);
        return InTurnAsync(_keyOf is null ? AllRows : key, _ => action(), cancellationToken);
    }

    /// <summary>The stage of the next read or write.</summary>
    public async Task<MigrationStage> GetStageAsync() => (await _reads.GetSettingsAsync()).Settings.MigrationStage;

    /// <summary>Moves to the stage before or after the present one. All that is planned when this has ended is planned at the new stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="force">
    /// Whether to move to any stage from any other. What the stages between were for is then up to the caller, and a store that has not been
    /// written is behind.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The stage is more than one away, or the present one is <see cref="MigrationStage.Complete"/>, since when the old store has missed
    /// every write. Nothing has changed.
    /// </exception>
    public Task<SettingsInForce> MoveToAsync(MigrationStage stage, bool force = false) => _reads.ChangeSettingsAsync(settings =>
    {
        if (!force)
            RefuseJump(settings.MigrationStage, stage);
        return settings with { MigrationStage = stage };
    });

    private static void Check(StrategySettings settings)
    {
        if (settings.Configs != Stores)
            throw new ArgumentException("The configs of a migration are its two stores, and cannot be changed.");
        if (settings.Participation != Participation.Everybody)
            throw new ArgumentException("Everybody takes part in a migration: a write that did not would be missing in one of the stores.");
    }

    private void RefuseJump(MigrationStage from, MigrationStage to)
    {
        if (Math.Abs((int)to - (int)from) > 1)
            throw new InvalidOperationException($"Migration '{Name}' cannot go from {from} to {to} at once: go stage by stage, or force it.");
        if (from == MigrationStage.Complete && to != from)
            throw new InvalidOperationException(
                $"Migration '{Name}' is complete: the old store has missed every write since. Bring it up to date before you force it back.");
    }

    private string KeyOf(TCommand command) => _keyOf is null
        ? AllRows
        : _keyOf(command) ?? throw new ArgumentException($"KeyOfCommand of migration '{Name}' gave no key.", nameof(command));

    // the two reads of a row may stand on both sides of a write of it. Without keys every write may have been of every row
    private ComparisonRules<TQuery, TResult> IgnoringWritten(MigrationOptions<TQuery, TResult, TCommand> options)
    {
        var keyOf = options.KeyOfCommand is null ? _ => AllRows : options.KeyOfQuery;
        return keyOf is null ? options.Compare : options.Compare.Ignore(WrittenMeanwhile, (query, reference, compared) =>
            _turns.MayHaveBeenWritten(keyOf(query), reference.StartedAt < compared.StartedAt ? reference.StartedAt : compared.StartedAt));
    }

    private Task<TResult> ReadAsync(TQuery query, BranchContext context) => StoreOf(context).ReadAsync(query, context.CancellationToken);

    private async Task<object?> WriteAsync(MigrationWrite<TCommand> write, BranchContext context)
    {
        if (!write.Turn.TryEnter())
            throw new OperationCanceledException("The write had ended before its store was called.");

        try
        {
            await StoreOf(context).WriteAsync(write.Command, context.CancellationToken);
            return null;
        }
        finally
        {
            write.Turn.Leave();
        }
    }

    private IMigrationStore<TQuery, TResult, TCommand> StoreOf(BranchContext context) => context.Config == Stores[0] ? _old : _new;

    private async Task<T> InTurnAsync<T>(string key, Func<WriteTurn, Task<T>> action, CancellationToken cancellationToken)
    {
        var turn = await _turns.TakeAsync(key, cancellationToken);
        try
        {
            return await action(turn);
        }
        finally
        {
            turn.Leave();
        }
    }
}
