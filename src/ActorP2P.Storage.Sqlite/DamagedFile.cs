using System.Globalization;

namespace ActorP2P;

/// <summary>Puts a damaged file out of the way, without losing what can still be saved from it.</summary>
internal static class DamagedFile
{
    // A file of SQLite and what SQLite keeps beside it.
    private static readonly string[] s_endings = ["", "-wal", "-shm", "-journal"];

    /// <summary>
    /// Renames a damaged file, and the files that belong to it, to a name that ends with the current time.
    /// </summary>
    /// <returns>The new path.</returns>
    /// <exception cref="PeerStoreException">It cannot be renamed.</exception>
    public static string SetAside(string path, TimeProvider time)
    {
        string stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string first = $"{path}.damaged-{stamp}";
        string free = first;
        for (int number = 2; s_endings.Any(ending => File.Exists(free + ending)); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{first}-{number}");
        }

        try
        {
            foreach (string ending in s_endings.Where(ending => File.Exists(path + ending)))
            {
                File.Move(path + ending, free + ending);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PeerStoreException(
                PeerStoreFault.Corrupt, $"{path} is damaged and cannot be renamed: {failure.Message}", failure);
        }

        return free;
    }
}
