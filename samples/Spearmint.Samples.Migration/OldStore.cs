using System.Globalization;
using Microsoft.Data.Sqlite;
using Spearmint.Client;

namespace Spearmint.Samples;

/// <summary>One table; the name in one piece, the balance as a floating-point number.</summary>
internal sealed class OldStore : IMigrationStore<long, Customer?, Save>
{
    private readonly Database _database;

    public OldStore(string file)
    {
        _database = new Database(file);
        _database.Create("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, balance REAL NOT NULL)");
    }

    public Task<Customer?> ReadAsync(long query, CancellationToken cancellationToken)
    {
        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, name, email, balance FROM customer WHERE id = $id";
        Database.Bind(command, ("$id", query));
        using var row = command.ExecuteReader();
        return Task.FromResult(row.Read() ? Customer(row) : null);
    }

    public Task WriteAsync(Save command, CancellationToken cancellationToken)
    {
        using var connection = _database.Open();
        using var change = connection.CreateCommand();
        change.CommandText = "DELETE FROM customer WHERE id = $id";
        Database.Bind(change, ("$id", command.Id));
        if (command.Customer is { } customer)
        {
            change.CommandText = "INSERT OR REPLACE INTO customer (id, name, email, balance) VALUES ($id, $name, $email, $balance)";
            Database.Bind(change, ("$name", $"{customer.FirstName} {customer.LastName}"), ("$email", customer.Email), ("$balance", (double)customer.Balance));
        }

        change.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    /// <summary>The ids that there are now.</summary>
    public IReadOnlyList<long> Ids()
    {
        using var connection = _database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM customer ORDER BY id";
        using var row = command.ExecuteReader();
        var ids = new List<long>();
        while (row.Read())
            ids.Add(row.GetInt64(0));
        return ids;
    }

    private static Customer Customer(SqliteDataReader row)
    {
        var name = row.GetString(1).Split(' ', 2);
        return new Customer(row.GetInt64(0), name[0], name[1], row.GetString(2), Math.Round(Convert.ToDecimal(row.GetDouble(3), CultureInfo.InvariantCulture), 2));
    }
}
