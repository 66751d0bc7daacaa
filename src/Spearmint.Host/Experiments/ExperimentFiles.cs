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
    private (string Name, int Count)? _leftOut;
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
        await TryLookAsync(TimeSpan.Zero);
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
                while (await TryLookAsync(Settle))
                    await Task.Delay(Settle, clock, stoppingToken);

                await watch.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the service ends
        }
    }

    private async Task<bool> TryLookAsync(TimeSpan settle)
    {
        try
        {
            return await LookAsync(settle);
        }
        catch (Exception e)
        {
            // the service goes on with what is in force, and looks again
            LogFailed(logger, e, folder.Path);
            return false;
        }
    }

    /// <summary>Takes the files that have changed and settled; true where some have not settled yet.</summary>
    private async Task<bool> LookAsync(TimeSpan settle)
    {
        if (Names() is not { } names)
            return false;

        foreach (var name in names.Take(ExperimentFolder.MostFiles))
            _files.TryAdd(name, new WatchedFile(name));

        var looks = _files.Values.Select(file =>
        {
            var content = names.Contains(file.Name) ? folder.Read(file.Name) : null;
            return (File: file, Content: content, Change: file.Look(content, clock.GetUtcNow(), settle));
        }).ToList();
        var settled = looks.Where(look => look.Change == Change.Settled).ToList();
        var leftOut = LeftOut(names);
        if (await TakeAsync(settled.ConvertAll(look => (look.File, look.Content))) || leftOut != _leftOut)
        {
            _leftOut = leftOut;
            Tell();
        }

        return looks.Exists(look => look.Change == Change.Unsettled);
    }

    private IReadOnlyList<string>? Names()
    {
        try
        {
            return folder.Names(clock.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // what is in force stays until it can be read again
            LogUnreadable(logger, folder.Path, e.Message);
            return null;
        }
    }

    // the first of those that are not read says so for all
    private static (string Name, int Count)? LeftOut(IReadOnlyList<string> names) => names.Count > ExperimentFolder.MostFiles
        ? (names[ExperimentFolder.MostFiles], names.Count - ExperimentFolder.MostFiles)
        : null;

    /// <summary>Takes changes; whether anything is other than before.</summary>
    private async Task<bool> TakeAsync(List<(WatchedFile File, FileContent? Content)> changed)
    {
        // all of them first: a name that one has another may want now
        foreach (var (file, content) in changed)
        {
            file.Take(content);
            file.Wanted = content?.Text is { } text ? reader.Read(text, _ => null, new FileProblems())?.Name : null;
            if (content is not null)
                continue;

            _files.Remove(file.Name);
            LogGone(logger, file.Name);
        }

        var isOther = changed.Count > 0;
        foreach (var (file, _) in changed.Where(change => change.Content is not null))
            await TakeAsync(file);

        // a name may be free now, a program be there that was not
        bool isBetter;
        do
        {
            isBetter = false;
            foreach (var file in _files.Values.Where(file => file.Errors.Count > 0))
            {
                isOther |= await TakeAsync(file);
                isBetter |= file.Errors.Count == 0;
            }
        }
        while (isBetter);

        return isOther;
    }

    private void Tell()
    {
        var errors = _files.Values.SelectMany(file => file.Errors);
        if (_leftOut is { } left)
            errors = errors.Append(new FileError(left.Name, 1, 1, $"{left.Count} files, from this one on by name, are not read: at most {ExperimentFolder.MostFiles} are.", clock.GetUtcNow()));
        registry.Take(_files.Values.Where(file => file.Loaded is not null).Select(file => new FileExperiment(file.Loaded!)), errors);

        TaskCompletionSource taken;
        lock (_gate)
            (taken, _taken) = (_taken, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        taken.SetResult();
    }

    /// <summary>Puts in force what a file holds; whether what is wrong with it is other than before.</summary>
    private async Task<bool> TakeAsync(WatchedFile file)
    {
        var content = file.Taken!;
        var problems = new FileProblems();
        if (content.Text is not { } text)
            problems.Add(YamlDotNet.Core.Mark.Empty, content.Error!);
        else
            await PutInForceAsync(file, text, problems);

        var (now, before) = (clock.GetUtcNow(), file.Errors);
        file.Errors =
        [
            .. problems.InOrder.Select(problem =>
            {
                var error = new FileError(file.Name, problem.Line, problem.Column, problem.Reason, now);
                return before.FirstOrDefault(old => old with { At = now } == error) ?? error;
            }),
        ];
        foreach (var error in file.Errors.Except(before))
            LogError(logger, error.Path, error.Line, error.Column, error.Reason);

        return !file.Errors.SequenceEqual(before);
    }

    private async Task PutInForceAsync(WatchedFile file, string text, FileProblems problems)
    {
        try
        {
            if (reader.Read(text, name => Owner(name, file), problems) is not { } definition)
                return;

            if (!_slots.TryGetValue(definition.Name, out var slot))
                _slots.Add(definition.Name, slot = new ExperimentSlot());
            var source = new ExperimentFile(file.Name, FileSecrets.Scrub(text, definition.Configs), clock.GetUtcNow());
            var loaded = await slot.PutInForceAsync(services.GetRequiredService<SpearmintClient>(), definition, source);
            foreach (var other in _files.Values.Where(other => other.Loaded?.Definition.Name == definition.Name))
                other.Loaded = null;
            file.Loaded = loaded;
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
        : _files.Values.FirstOrDefault(other => other != file && other.Loaded?.Definition.Name == name && (other.Wanted ?? name) == name)?.Name;

    [LoggerMessage(Level = LogLevel.Information, Message = "{File}: experiment '{Experiment}' is in force")]
    private static partial void LogTaken(ILogger logger, string file, string experiment);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} is gone, and its experiment with it")]
    private static partial void LogGone(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}:{Line}:{Column}: {Reason}")]
    private static partial void LogError(ILogger logger, string file, int line, int column, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The files in {Folder} could not be looked at; what is in force stays")]
    private static partial void LogFailed(ILogger logger, Exception exception, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Folder} cannot be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string folder, string reason);
}
