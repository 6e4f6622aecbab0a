using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ActorP2P.Tests.Transports;

/// <summary>Takes the process's file descriptors away for a while (Linux): those that are open stay usable.</summary>
internal sealed class OpenFilesLimit : IDisposable
{
    // RLIMIT_NOFILE in <asm-generic/resource.h>.
    private const int OpenFiles = 7;

    private readonly Limit _before;
    private readonly List<Socket> _fillers = [];

    private OpenFilesLimit()
    {
        LoadAll();

        // What earlier tests left to the finalizer must not give descriptors back in the middle of this.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(0, GetLimit(OpenFiles, out _before));
        Socket highest = NewSocket();
        _fillers.Add(highest);

        // Not less than what is open: the runtime polls, and a poll of more files than the limit is an error.
        Assert.Equal(0, SetLimit(OpenFiles, new Limit { Soft = (nuint)highest.Handle + 1, Hard = _before.Hard }));
        try
        {
            while (true)
            {
                _fillers.Add(NewSocket());
            }
        }
        catch (SocketException exception)
        {
            Assert.Equal(SocketError.TooManyOpenSockets, exception.SocketErrorCode);
        }
    }

    public static OpenFilesLimit Exhaust() => new();

    public void Dispose()
    {
        Assert.Equal(0, SetLimit(OpenFiles, _before));
        _fillers.ForEach(filler => filler.Dispose());
    }

    /// <summary>
    /// The runtime loads an assembly when it is first needed, on whatever thread, and without file descriptors it cannot. That alone
    /// does not make the runtime safe without them.
    /// </summary>
    private static void LoadAll()
    {
        foreach (string path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator))
        {
            Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(path)));
        }
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
