using System.Net.Sockets;
using Akka.IO;

namespace ActorP2P;

/// <summary>Listens on both families at <c>::</c>.</summary>
internal sealed class AkkaIoDualMode : Inet.SocketOption
{
    private AkkaIoDualMode()
    {
    }

    public static AkkaIoDualMode Instance { get; } = new();

    public override void BeforeServerSocketBind(Socket ss) => ss.DualMode = true;
}
