namespace ActorP2P.Tests;

/// <summary>Answers a text with itself.</summary>
internal static class EchoProtocol
{
    public static void Register(ProtocolBuilder protocol) => protocol
        .OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}"));
}
