using Spearmint.Client;
using Spearmint.Domain;
using Spearmint.Host.Experiments.Reading;

namespace Spearmint.Host.Experiments;

/// <summary>Puts the experiments of the folder in force and keeps them as their files are, one change at a time.</summary>
internal sealed partial class ExperimentFiles(
    ExperimentFolder folder, DefinitionReader reader, ExperimentRegistry registry, IServiceProvider services, TimeProvider clock, ILogger<ExperimentFiles> logger)
    : BackgroundService
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<string, WatchedFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExperimentSlot> _slots = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the next change has been taken.</summary>
    public Task NextChange
    {
        get
        {
            lock (_gate)
                return _taken.Task;
        }
    }

    /// <summary>Takes what is there before the service serves.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(TimeSpan.Zero);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watch = new FolderWatch(folder.Path, Poll);
        try
        {
            while (true)
            {
                // once more for what has changed before the watch began
                while (await LookAsync(Settle))
                    await Task.Delay(Settle, clock, stoppingToken);

                await watch.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the service ends
        }
    }

    /// <summary>Takes the files that have changed and settled; true where some have not settled yet.</summary>
    private async Task<bool> LookAsync(TimeSpan settle)
    {
        var names = Names();
        foreach (var name in names.Take(ExperimentFolder.MostFiles))
            _files.TryAdd(name, new WatchedFile(name));

        var looks = _files.Values.Select(file =>
        {
            var content = names.Contains(file.Name) ? folder.Read(file.Name) : null;
            return (File: file, Content: content, Change: file.Look(content, clock.GetUtcNow(), settle));
        }).ToList();
        var settled = looks.Where(look => look.Change == Change.Settled).ToList();
        if (settled.Count > 0)
            await TakeAsync(settled.ConvertAll(look => (look.File, look.Content)));

        return looks.Exists(look => look.Change == Change.Unsettled);
    }

    private IReadOnlyList<string> Names()
    {
        try
        {
            return folder.Names();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // what is in force stays until it can be read again
            LogUnreadable(logger, folder.Path, e.Message);
            return [.. _files.Keys];
        }
    }

    // those that are gone first: another file may have their names now
    private async Task TakeAsync(List<(WatchedFile File, FileContent? Content)> changed)
    {
        foreach (var (file, _) in changed.Where(change => change.Content is null))
        {
            _files.Remove(file.Name);
            LogGone(logger, file.Name);
        }

        foreach (var (file, content) in changed.Where(change => change.Content is not null))
            await TakeAsync(file, content!);

        // a name that was taken may be free
        foreach (var file in _files.Values.Where(file => file.Errors.Count > 0 && !changed.Exists(change => change.File == file)).ToList())
            await TakeAsync(file, file.Taken!);

        registry.Take(
            _files.Values.Where(file => file.Loaded is not null).Select(file => new FileExperiment(file.Loaded!)),
            _files.Values.SelectMany(file => file.Errors));

        TaskCompletionSource taken;
        lock (_gate)
            (taken, _taken) = (_taken, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        taken.SetResult();
    }

    private async Task TakeAsync(WatchedFile file, FileContent content)
    {
        var isNew = content != file.Taken;
        file.Take(content);
        var problems = new FileProblems();
        if (content.Text is not { } text)
            problems.Add(YamlDotNet.Core.Mark.Empty, content.Error!);
        else
            await PutInForceAsync(file, text, problems);

        var now = clock.GetUtcNow();
        file.Errors = [.. problems.InOrder.Select(problem => new FileError(file.Name, problem.Line, problem.Column, problem.Reason, now))];
        foreach (var error in file.Errors.Where(_ => isNew))
            LogError(logger, error.Path, error.Line, error.Column, error.Reason);
    }

    private async Task PutInForceAsync(WatchedFile file, string text, FileProblems problems)
    {
        try
        {
            if (reader.Read(text, name => Owner(name, file), problems) is not { } definition)
                return;

            if (!_slots.TryGetValue(definition.Name, out var slot))
                slot = new ExperimentSlot();
            var source = new ExperimentFile(file.Name, FileSecrets.Scrub(text, definition.Configs), clock.GetUtcNow());
            file.Loaded = await slot.PutInForceAsync(services.GetRequiredService<SpearmintClient>(), definition, source);
            _slots[definition.Name] = slot;
            LogTaken(logger, file.Name, definition.Name);
        }
        catch (Exception e)
        {
            // a strategy in C# has the name, the service is ending, or the reader has a bug: no other file is to suffer from this one
            problems.Add(YamlDotNet.Core.Mark.Empty, $"The experiment cannot be put in force ({e.GetType().Name}): {e.Message}");
        }
    }

    private string? Owner(string name, WatchedFile file) => registry.IsInCode(name)
        ? "an experiment in C#"
        : _files.Values.FirstOrDefault(other => other != file && other.Loaded?.Definition.Name == name)?.Name;

    [LoggerMessage(Level = LogLevel.Information, Message = "{File}: experiment '{Experiment}' is in force")]
    private static partial void LogTaken(ILogger logger, string file, string experiment);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} is gone, and its experiment with it")]
    private static partial void LogGone(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}:{Line}:{Column}: {Reason}")]
    private static partial void LogError(ILogger logger, string file, int line, int column, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Folder} cannot be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string folder, string reason);
}
