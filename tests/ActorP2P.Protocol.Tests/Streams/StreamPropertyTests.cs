using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Protocol.Tests;

/// <summary>Whatever two sides do with their streams in any order, bytes and ends arrive as they were sent.</summary>
public class StreamPropertyTests
{
    private const int Longest = 200_000;
    private const int MaxStreams = 4;

    /// <summary>One step of a run. Each step interprets the number in its own way.</summary>
    public enum Step
    {
        Open, Write, End, Reset, Read, ReadAll, SendNotify, BlockWriter, Settle, Wait,
    }

    [Fact]
    public void Streams_keep_order_credit_and_one_typed_end()
    {
        Step[] steps =
            [.. Enum.GetValues<Step>(), Step.Open, Step.Write, Step.Write, Step.Write, Step.Read, Step.Settle];
        Gen<(bool, Step, int)> step = Gen.Choose(0, 1).SelectMany(
            _ => Gen.Elements(steps), (side, what) => (side, what))
            .SelectMany(_ => Gen.Choose(0, Longest), (chosen, figure) => (chosen.side == 0, chosen.what, figure));
        Prop.ForAll(Arb.From(Gen.ArrayOf(step), Shrink), Play)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));
    }

    private static IEnumerable<(bool, Step, int)[]> Shrink((bool, Step, int)[] steps)
    {
        for (int length = steps.Length / 2; length > 0; length /= 2)
        {
            for (int at = 0; at + length <= steps.Length; at += length)
            {
                yield return [.. steps[..at], .. steps[(at + length)..]];
            }
        }
    }

    private static bool Play((bool IsInitiator, Step What, int Figure)[] steps)
    {
        SessionSettings settings = new SessionSettings
        {
            MaxStreams = MaxStreams, StreamWindow = 20_000, MaxCreditWindow = 300_000,
        }.Validated();
        SessionPair pair = SessionPair.Ready(settings, settings);
        StreamShell initiator = new(pair.Initiator);
        StreamShell responder = new(pair.Responder);
        byte name = 0;
        foreach ((bool isInitiator, Step what, int figure) in steps)
        {
            Take(pair, isInitiator ? pair.Initiator : pair.Responder, isInitiator ? initiator : responder, what, figure,
                ref name);
            Assert.Equal(SessionState.Ready, pair.Initiator.Session.State);
            Assert.Equal(SessionState.Ready, pair.Responder.Session.State);
        }

        EndAll(pair, initiator, responder);
        AssertAllArrived(initiator, responder);
        AssertAllComesBack(pair, initiator, responder);
        return true;
    }

    private static void Take(
        SessionPair pair, SessionEnd end, StreamShell shell, Step what, int figure, ref byte name)
    {
        TestStream? stream = shell.Streams.Count == 0 ? null : shell.Streams[figure % shell.Streams.Count];
        switch (what)
        {
            case Step.Open:
                int own = shell.Streams.Count(
                    known => known.State.IsOwn && (!known.State.IsOver || known.State.DueReset is not null));
                Assert.Equal(own < MaxStreams, shell.TryOpen(
                    pair.Now, ++name, out StreamFailure failure, (Lane)(1 + (figure % 3))) is not null);
                Assert.True(own < MaxStreams || failure == StreamFailure.TooManyStreams);
                break;
            case Step.Write when stream is { HasEnded: false }:
                shell.Write(stream, 1 + (figure % (figure % 3 == 0 ? Longest : 500)));
                break;
            case Step.End when stream is { HasEnded: false }:
                shell.End(stream);
                break;
            case Step.Reset when stream is not null && figure % 3 == 0:
                shell.Reset(stream);
                break;
            case Step.Read when stream is not null:
                shell.Read(pair.Now, stream, figure);
                break;
            case Step.ReadAll:
                shell.Streams.ForEach(known => shell.Read(pair.Now, known, long.MaxValue));
                break;
            case Step.SendNotify:
                end.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, figure % 1000, Lane.Bulk));
                break;
            case Step.BlockWriter:
                end.WriterIsBlocked = !end.WriterIsBlocked;
                break;
            case Step.Settle:
                pair.Settle();
                break;
            case Step.Wait:
                pair.Advance(TimeSpan.FromMilliseconds(figure % 20));
                break;
        }
    }

    private static void EndAll(SessionPair pair, params StreamShell[] shells)
    {
        pair.Initiator.WriterIsBlocked = pair.Responder.WriterIsBlocked = false;
        for (int rounds = 0; rounds < 2000; rounds++)
        {
            pair.Settle();
            foreach (StreamShell shell in shells)
            {
                foreach (TestStream stream in shell.Streams)
                {
                    shell.Read(pair.Now, stream, long.MaxValue);
                    if (!stream.HasEnded)
                    {
                        shell.End(stream);
                    }
                }
            }

            if (shells.All(shell => shell.Streams.TrueForAll(stream => stream.State.IsOver)))
            {
                pair.Settle();
                return;
            }
        }

        Assert.Fail("Some streams do not end.");
    }

    private static void AssertAllArrived(StreamShell initiator, StreamShell responder)
    {
        foreach (TestStream stream in initiator.Streams.Concat(responder.Streams))
        {
            TestStream? other = (initiator.Streams.Contains(stream) ? responder : initiator).Streams
                .Find(known => known.Name == stream.Name);
            if (other is null)
            {
                Assert.True(stream.IsAborted, "Only a stream that was aborted before it was sent stays unknown.");
                continue;
            }

            bool isCut = stream.IsAborted || other.IsAborted;
            Assert.True(stream.Resets + stream.Ends <= (stream.Resets > 0 ? 2 : 1));
            Assert.True(stream.Resets <= 1 && stream.Ends <= 1);
            Assert.True(isCut || stream is { Ends: 1, Resets: 0 }, "Without a reset each direction ends once.");
            Assert.True(
                stream.Resets == 0 || (other.IsAborted && stream.Code == RequestErrorCode.FirstApplicationCode));
            Assert.Equal(
                isCut ? stream.Written.Take(other.Received.Count) : stream.Written, other.Received);
        }
    }

    private static void AssertAllComesBack(SessionPair pair, StreamShell initiator, StreamShell responder)
    {
        foreach (SessionEnd end in new[] { pair.Initiator, pair.Responder })
        {
            Assert.Equal(0, end.Session.OpenStreams);
            Assert.Equal(0, end.Session.UnreadStreamBytes);
            Assert.Equal(0, end.Session.QueuedBytes);
            Assert.Equal(0, end.Memory.Grown);
        }

        Assert.All(
            initiator.Streams.Concat(responder.Streams).SelectMany(stream => stream.Buffers),
            buffer => Assert.True(Given.IsReleased(buffer)));
    }
}
