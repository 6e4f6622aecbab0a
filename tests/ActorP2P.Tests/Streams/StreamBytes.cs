namespace ActorP2P.Tests.Streams;

/// <summary>What tests do with streams.</summary>
internal static class StreamBytes
{
    /// <summary>Bytes that differ from position to position.</summary>
    public static byte[] Of(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A handler that sends as many bytes as it is asked for.</summary>
    public static async ValueTask SendAsync(GetBytes request, PeerStream stream, StreamContext context) =>
        await stream.WriteAsync(Of(request.Count), context.CancellationToken);

    /// <summary>A handler that sends back what it is sent.</summary>
    public static async ValueTask EchoAsync(GetBytes request, PeerStream stream, StreamContext context)
    {
        byte[] buffer = new byte[30_000];
        int count;
        while ((count = await stream.ReadAsync(buffer, context.CancellationToken)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), context.CancellationToken);
        }
    }

    /// <summary>A handler that does nothing until it is cancelled.</summary>
    public static async ValueTask WaitAsync(GetBytes request, PeerStream stream, StreamContext context) =>
        await ClientAndServer.NeverAsync(context.CancellationToken);

    /// <summary>Reads a stream to its end.</summary>
    public static async Task<byte[]> ReadAllAsync(this PeerStream stream)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[40_000];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    /// <summary>The reason with which a task on a stream fails.</summary>
    public static async Task<PeerStreamException> FailureAsync(Func<Task> action) =>
        await Assert.ThrowsAsync<PeerStreamException>(action);
}
