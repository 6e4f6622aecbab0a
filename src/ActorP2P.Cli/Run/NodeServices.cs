using ActorP2P.Cli.Admin;
using ActorP2P.Cli.Files;
using ActorP2P.Cli.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace ActorP2P.Cli.Run;

/// <summary>The handlers of the nodes of <c>run</c>.</summary>
internal static class NodeServices
{
    /// <summary>Registers the handlers of one node.</summary>
    /// <param name="protocol">The node's protocol.</param>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="wanted">What the file asks for.</param>
    public static void Register(ProtocolBuilder protocol, IServiceProvider services, string name, RunServices wanted)
    {
        AdminService.Register(protocol, () => services.GetRequiredKeyedService<NodeWatch>(name));
        foreach (ushort type in wanted.Relay)
        {
            protocol.OnBroadcast(type, static (_, _) => Verdict.Accept);
        }

        if (wanted.Echo is { } echo)
        {
            protocol.UseCodec(new RawCodec(echo)).OnRequest<RawBody, RawBody>(static (body, _) => body);
        }

        if (wanted.Share is { } share)
        {
            FileService.Register(protocol, share);
        }

        if (wanted.Inbox is { } inbox)
        {
            protocol.OnFile(inbox);
        }
    }
}
