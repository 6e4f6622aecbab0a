using System.Net.Sockets;

namespace ActorP2P;

/// <summary>Finds out whether the process has file descriptors left, which Akka.IO does not report.</summary>
internal static class AkkaIoDescriptors
{
    /// <summary>Whether no socket can be made now.</summary>
    public static bool AreOut => Missing() is { SocketErrorCode: SocketError.TooManyOpenSockets };

    /// <summary>Makes sure that a socket can be made.</summary>
    /// <exception cref="SocketException">No socket can be made.</exception>
    public static void Require()
    {
        if (Missing() is { } missing)
        {
            throw missing;
        }
    }

    private static SocketException? Missing()
    {
        try
        {
            new Socket(SocketType.Stream, ProtocolType.Tcp).Dispose();
            return null;
        }
        catch (SocketException missing)
        {
            return missing;
        }
    }
}
