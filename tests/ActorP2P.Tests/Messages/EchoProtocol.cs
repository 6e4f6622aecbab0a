namespace ActorP2P.Tests;

/// <summary>A protocol that answers a text with the same text.</summary>
internal static class EchoProtocol
{
    public static void Register(ProtocolBuilder protocol) => protocol
        .OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}"));
}
