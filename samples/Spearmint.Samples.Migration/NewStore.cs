using Microsoft.Data.Sqlite;
using Spearmint.Client;

namespace Spearmint.Samples;

/// <summary>Two tables; the name in two pieces, the balance in whole cents.</summary>
internal sealed class NewStore : IMigrationStore<long, Customer?, Save>
{
    private readonly Database _database;
    private readonly bool _hasBug;

    public NewStore(string file, bool hasBug)
    {
        _hasBug = hasBug;
        _database = new Database(file);
        _database.Create("""
            CREATE TABLE person (id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, cents INTEGER NOT NULL);
            CREATE TABLE contact (person_id INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (person_id, kind));
            """);
    }

    public Task<Customer?> ReadAsync(long query, CancellationToken cancellationToken)
    {
        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT person.id, first_name, last_name, contact.value, cents
            FROM person JOIN contact ON contact.person_id = person.id AND contact.kind = 'email'
            WHERE person.id = $id
            """;
        Database.Bind(command, ("$id", query));
        using var row = command.ExecuteReader();
        return Task.FromResult(row.Read()
            ? new Customer(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4) / 100m)
            : null);
    }

    public Task WriteAsync(Save command, CancellationToken cancellationToken)
    {
        using var connection = _database.Open();
        using var transaction = connection.BeginTransaction();
        using var change = connection.CreateCommand();
        change.CommandText = "DELETE FROM contact WHERE person_id = $id; DELETE FROM person WHERE id = $id;";
        Database.Bind(change, ("$id", command.Id));
        if (command.Customer is { } customer)
        {
            change.CommandText += """
                INSERT INTO person (id, first_name, last_name, cents) VALUES ($id, $first, $last, $cents);
                INSERT INTO contact (person_id, kind, value) VALUES ($id, 'email', $email);
                """;
            Database.Bind(change, ("$first", customer.FirstName), ("$last", customer.LastName), ("$cents", Cents(customer.Balance)), ("$email", customer.Email));
        }

        change.ExecuteNonQuery();
        transaction.Commit();
        return Task.CompletedTask;
    }

    /// <summary>How many customers there are now.</summary>
    public long Count()
    {
        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM person";
        return (long)command.ExecuteScalar()!;
    }

    // 19.99 * 100 is 1998.9999999999998
    private long Cents(decimal balance) => _hasBug ? (long)((double)balance * 100) : (long)(balance * 100);
}
