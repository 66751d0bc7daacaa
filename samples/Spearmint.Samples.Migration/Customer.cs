namespace Spearmint.Samples;

/// <summary>What both stores keep, each in its own way.</summary>
internal sealed record Customer(long Id, string FirstName, string LastName, string Email, decimal Balance);

/// <summary>Saves a customer, or deletes it where there is none to save.</summary>
internal sealed record Save(long Id, Customer? Customer)
{
    public static string KeyOf(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
