namespace Spearmint.Host.Storage;

/// <summary>The database does not answer now; it may later.</summary>
internal sealed class StorageUnavailableException(string message, Exception innerException) : Exception(message, innerException);
