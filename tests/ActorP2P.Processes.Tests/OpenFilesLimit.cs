using System.ComponentModel;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ActorP2P.Processes.Tests;

/// <summary>
/// Takes all free file descriptors away from the process for a while (Linux). Open descriptors stay usable.
/// </summary>
internal sealed class OpenFilesLimit : IDisposable
{
    // The value of RLIMIT_NOFILE in <asm-generic/resource.h>.
    private const int OpenFiles = 7;

    private readonly Limit _before;
    private readonly List<Socket> _fillers = [];

    private OpenFilesLimit()
    {
        LoadAll();

        // Objects that wait for the finalizer must not give back descriptors in the meantime.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Check(GetLimit(OpenFiles, out _before));
        Socket highest = NewSocket();
        _fillers.Add(highest);

        // The limit is not below the number of open files: the runtime polls them, and polling more files than the
        // limit is an error.
        Check(SetLimit(OpenFiles, new Limit { Soft = (nuint)highest.Handle + 1, Hard = _before.Hard }));
        try
        {
            while (true)
            {
                _fillers.Add(NewSocket());
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.TooManyOpenSockets)
        {
            // No descriptor is free now.
        }
    }

    public static OpenFilesLimit Exhaust() => new();

    public void Dispose()
    {
        Check(SetLimit(OpenFiles, _before));
        _fillers.ForEach(filler => filler.Dispose());
    }

    /// <summary>
    /// The runtime loads an assembly when it is first needed, which fails without a free file descriptor.
    /// </summary>
    private static void LoadAll()
    {
        string all = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        foreach (string path in all.Split(Path.PathSeparator))
        {
            Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(path)));
        }
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
