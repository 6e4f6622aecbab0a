using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

public class FrameReaderTests
{
    private readonly MemoryPair _pair = new();

    [Fact]
    public void Frames_arrive_whole_wherever_the_stream_is_split()
    {
        byte[] stream = [.. Frames.Encode(0, 0), .. Frames.Encode(5, 1), .. Frames.Encode(20, 2)];
        for (int split = 0; split <= stream.Length; split++)
        {
            var pair = new MemoryPair();
            var sink = new RecordingSink();
            using var connection = new FrameConnection(pair.Beta, new FrameConnectionSettings());
            connection.Start(sink);
            pair.Alpha.Start(new IgnoringSink());
            foreach (byte[] part in new[] { stream[..split], stream[split..] })
            {
                if (part.Length > 0)
                {
                    pair.Alpha.Send([part]);
                }

                pair.Time.Run();
            }

            sink.Frames.AssertAre(0, 5, 20);
            Assert.False(connection.HoldsSlab);
            Assert.Equal(stream.Length, connection.BytesReceived);
            Assert.Equal(3, connection.FramesReceived);
        }
    }
}
