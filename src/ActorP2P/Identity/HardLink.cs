using System.Runtime.InteropServices;
using System.Text;

namespace ActorP2P;

/// <summary>
/// Gives a file a name only if nothing has that name. <see cref="File.Move(string, string, bool)"/> promises the same,
/// but on Unix it looks first and renames then, so that of two processes at the same time the second replaces the
/// first one's file. A hard link is one step.
/// </summary>
internal static class HardLink
{
    // EEXIST of Linux and macOS.
    private const int Exists = 17;

    /// <summary>Moves a file to a name that nothing has.</summary>
    /// <param name="source">The file.</param>
    /// <param name="destination">Its new path, in the same folder.</param>
    /// <exception cref="IOException">Something has the name already, or the file cannot be moved.</exception>
    public static void MoveNew(string source, string destination)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(source, destination, overwrite: false);
        }
        else if (Link(Bytes(source), Bytes(destination)) == 0)
        {
            File.Delete(source);
        }
        else if (Marshal.GetLastPInvokeError() == Exists)
        {
            throw new IOException($"{destination} exists already.");
        }
        else
        {
            // The file system has no hard links.
            File.Move(source, destination, overwrite: false);
        }
    }

    private static byte[] Bytes(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] source, byte[] destination);
}
