using Spearmint.Domain;
using Spearmint.Host.Storage;
using Spearmint.Host.Storage.Memory;
using Spearmint.Host.Storage.Postgres;
using Spearmint.Host.Storage.Sql;
using Spearmint.Host.Storage.Sqlite;
using Spearmint.Hosting;

namespace Spearmint.Host.Configuration;

/// <summary>Where the branches are kept.</summary>
internal static class StorageExtensions
{
    /// <summary>The name of the sink that fills the store.</summary>
    public const string SinkName = "store";

    /// <summary>The file in the data folder.</summary>
    public const string FileName = "spearmint.db";

    /// <summary>How the store is fed: some twenty seconds of attempts, so that a locked file, a full disk or a database that starts again is ridden out.</summary>
    public static SinkOptions Feeding { get; } = new()
    {
        Attempts = 8,
        FirstPause = TimeSpan.FromMilliseconds(100),
        LongestPause = TimeSpan.FromSeconds(5),
        HangLimit = TimeSpan.FromMinutes(1),
        QueueLimit = 131_072,
        MayPass = StoreFailure.MayPass,
    };

    /// <summary>Keeps the branches as the configuration says.</summary>
    public static void KeepBranches(this WebApplicationBuilder builder, ServiceOptions options)
    {
        var storage = StorageOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(storage);
        if (storage.Kind == StorageOptions.None)
        {
            builder.Services.AddSingleton<IBranchStore>(_ => new MemoryStore(options.RecordedBranches));
            return;
        }

        builder.Services.AddSingleton(services =>
        {
            var store = Database(storage, options, services.GetService<TimeProvider>() ?? TimeProvider.System);
            store.Logger = services.GetRequiredService<ILogger<SqlStore>>();
            return store;
        });
        builder.Services.AddSingleton<IBranchStore>(services => services.GetRequiredService<SqlStore>());
        builder.Services.AddHostedService(services => new Retention(
            services.GetRequiredService<SqlStore>(), storage, services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILogger<Retention>>()));
    }

    /// <summary>Sends all events to the store.</summary>
    public static SpearmintBuilder AddStore(this SpearmintBuilder spearmint, IBranchStore store) => spearmint.AddSink(SinkName, store.Sink, Feeding);

    private static SqlStore Database(StorageOptions storage, ServiceOptions options, TimeProvider clock) => storage.Kind == StorageOptions.Postgres
        ? new PostgresStore(storage.ConnectionString!, clock)
        : new SqliteStore(Path.Combine(options.DataFolder, FileName), clock);
}
