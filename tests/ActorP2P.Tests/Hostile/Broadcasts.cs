using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>Bodies of broadcasts, valid and invalid.</summary>
internal static class Broadcasts
{
    /// <summary>The body of a broadcast with its correct id.</summary>
    public static byte[] Body(string text, byte hops = 1, ulong salt = 1) =>
        Body(Encoding.UTF8.GetBytes(text), hops, salt);

    /// <summary>The body of a broadcast with its correct id.</summary>
    public static byte[] Body(byte[] payload, byte hops = 1, ulong salt = 1)
    {
        byte[] body = [.. new byte[BroadcastHead.Size], .. payload];
        new BroadcastHead(BroadcastId.Of("test", Text.TypeCode, salt, payload), salt, hops).Write(body);
        return body;
    }
}
