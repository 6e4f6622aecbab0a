namespace ActorP2P;

/// <summary>
/// Makes sure that one store at a time uses a directory. The lock ends with its process at the latest.
/// </summary>
internal static class DirectoryLock
{
    private const string FileName = "lock";

    // What the open of a locked file fails with: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the directory, if it does not exist, and locks it.</summary>
    /// <returns>Dispose it to unlock the directory.</returns>
    /// <exception cref="PeerStoreException">Another store uses the directory, or it cannot be written.</exception>
    public static FileStream Take(string directory)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                Directory.CreateDirectory(directory, OwnerOnly);
            }

            return new FileStream(
                Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (failure.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            throw new PeerStoreException(
                PeerStoreFault.InUse, $"another node uses the directory {directory}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PeerStoreException(
                PeerStoreFault.Unavailable, $"the directory {directory} cannot be written: {failure.Message}", failure);
        }
    }
}
