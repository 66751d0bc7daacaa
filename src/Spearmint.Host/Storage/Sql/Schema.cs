using System.Globalization;

namespace Spearmint.Host.Storage.Sql;

/// <summary>The tables: one text for both databases, with the names of the types that they call differently.</summary>
internal static class Schema
{
    /// <summary>The version that this program writes.</summary>
    public static int Version => Migrations.Length;

    // times are ticks of 100 ns since 1970, durations are ticks; ids are in the order of time; buckets are minutes since 1970
    private const string First =
        """
        CREATE TABLE sessions (id {key}, host text NOT NULL, pid integer NOT NULL, started_at bigint NOT NULL,
            last_sequence bigint NOT NULL, ended_at bigint);
        CREATE TABLE names (id {key}, name text NOT NULL UNIQUE);
        CREATE TABLE configs (id {key}, experiment integer NOT NULL REFERENCES names, config_id text NOT NULL, config_values text NOT NULL,
            UNIQUE (experiment, config_id));
        CREATE TABLE branches (id {id} NOT NULL PRIMARY KEY, run_id {id} NOT NULL, session integer NOT NULL, started_sequence bigint,
            finished_sequence bigint, experiment integer NOT NULL, strategy integer NOT NULL, config integer NOT NULL, role smallint NOT NULL,
            status smallint NOT NULL, started_at bigint NOT NULL, duration bigint NOT NULL, settings_version bigint NOT NULL, verdict smallint,
            error_type integer, skip_reason integer, trace_id text, metrics text, size integer NOT NULL) {clustered};
        CREATE INDEX branches_run ON branches (run_id, id);
        CREATE INDEX branches_experiment ON branches (experiment, id);
        CREATE INDEX branches_status ON branches (status, id) WHERE status <> 1;
        CREATE INDEX branches_error ON branches (error_type, id) WHERE error_type IS NOT NULL;
        CREATE INDEX branches_verdict ON branches (verdict, id) WHERE verdict > 0;
        CREATE TABLE branch_details (id {id} NOT NULL PRIMARY KEY, parent_run_id {id}, parent_branch_id {id}, context text, input text,
            output text, error text, late text, compared text) {clustered};
        CREATE TABLE config_figures (span smallint NOT NULL, config integer NOT NULL, bucket bigint NOT NULL, success bigint NOT NULL,
            failed bigint NOT NULL, timed_out bigint NOT NULL, cancelled bigint NOT NULL, skipped bigint NOT NULL, latency {bytes} NOT NULL,
            duration_ms text NOT NULL, metrics text, PRIMARY KEY (span, config, bucket)) {clustered};
        CREATE INDEX config_figures_bucket ON config_figures (span, bucket);
        CREATE TABLE pair_figures (span smallint NOT NULL, config integer NOT NULL, reference integer NOT NULL, bucket bigint NOT NULL,
            match bigint NOT NULL, mismatch bigint NOT NULL, ignored bigint NOT NULL, error bigint NOT NULL, paths text,
            PRIMARY KEY (span, config, bucket, reference)) {clustered};
        CREATE INDEX pair_figures_bucket ON pair_figures (span, bucket);
        CREATE TABLE failure_figures (span smallint NOT NULL, config integer NOT NULL, error_type integer NOT NULL, bucket bigint NOT NULL,
            failures bigint NOT NULL, last_at bigint NOT NULL, last_run_id {id} NOT NULL, last_branch_id {id} NOT NULL, last_message text NOT NULL,
            PRIMARY KEY (span, config, bucket, error_type)) {clustered};
        CREATE INDEX failure_figures_bucket ON failure_figures (span, bucket);
        CREATE TABLE gaps (id {key}, session integer NOT NULL, first_sequence bigint NOT NULL, last_sequence bigint NOT NULL, reason text NOT NULL,
            at bigint NOT NULL);
        CREATE TABLE totals (name text NOT NULL PRIMARY KEY, value bigint NOT NULL);
        INSERT INTO totals (name, value) VALUES ('ended', 0), ('bytes', 0), ('lost', 0), ('removed_by_age', 0), ('removed_by_size', 0), ('removed_up_to', 0),
            ('minutes_from', 0);
        CREATE TABLE audit (id {id} NOT NULL PRIMARY KEY, at bigint NOT NULL, who text NOT NULL, action text NOT NULL, subject text NOT NULL,
            details text NOT NULL);
        CREATE TABLE answers (run_id {id} NOT NULL PRIMARY KEY, fingerprint {bytes} NOT NULL, started_at bigint NOT NULL, status integer, body {bytes});
        CREATE INDEX answers_started ON answers (started_at);
        """;

    private static readonly string[] Migrations = [First];

    /// <summary>Brings the tables from a version to the next.</summary>
    /// <param name="from">The version that is there; 0 where there is nothing.</param>
    /// <param name="types">The names of types in this database.</param>
    public static string Migration(int from, SqlTypes types) => Migrations[from]
        .Replace("{key}", types.Key, StringComparison.Ordinal)
        .Replace("{id}", types.Id, StringComparison.Ordinal)
        .Replace("{bytes}", types.Bytes, StringComparison.Ordinal)
        .Replace("{clustered}", types.Clustered, StringComparison.Ordinal);

    /// <exception cref="InvalidOperationException">A later version of Spearmint has written it.</exception>
    public static void Require(int version, string location)
    {
        if (version > Version)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The store {location} has version {version} of the tables; this Spearmint knows up to {Version}. Start a newer Spearmint, or choose another store."));
        }
    }
}

/// <summary>What a database calls its types.</summary>
/// <param name="Key">A whole number that the database gives to each row.</param>
/// <param name="Id">16 bytes, in the order of their bytes.</param>
/// <param name="Bytes">Any bytes.</param>
/// <param name="Clustered">What makes a table lie in the order of its key, where that has to be said.</param>
internal sealed record SqlTypes(string Key, string Id, string Bytes, string Clustered);
