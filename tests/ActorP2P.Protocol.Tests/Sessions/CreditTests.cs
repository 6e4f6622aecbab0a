namespace ActorP2P.Protocol.Tests;

public class CreditTests
{
    private static readonly SessionSettings Smallest =
        new SessionSettings { CreditWindow = SessionSettings.MinCreditWindow }.Validated();

    [Theory]
    [InlineData(FrameKind.Notify)]
    [InlineData(FrameKind.Request)]
    [InlineData(FrameKind.Broadcast)]
    public void A_sender_stops_at_the_window_until_messages_are_finished(FrameKind kind)
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.FinishesAtOnce = false;
        for (ulong id = 1; id <= 60; id++)
        {
            Assert.Equal(SendResult.Accepted, pair.Initiator.Session.Send(pair.Now, Given.Message(kind, id, 10_000)));
        }

        pair.Settle();
        int first = pair.Responder.Count(kind);
        Assert.Equal(
            Given.Settings.CreditWindow / (
                10_000 + CreditBook.PerMessage + (kind == FrameKind.Broadcast ? BroadcastHead.Size : 0)), first);

        pair.Responder.Finish(kind);
        pair.Settle();
        Assert.Equal(2 * first, pair.Responder.Count(kind));
    }

    [Fact]
    public void A_class_without_credit_does_not_hold_up_the_others()
    {
        SessionPair pair = SessionPair.Ready();
        pair.Responder.FinishesAtOnce = false;
        for (ulong id = 1; id <= 60; id++)
        {
            pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 10_000));
        }

        pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Request, 99, 10));
        pair.Settle();
        Assert.Equal(99UL, pair.Responder.Only(FrameKind.Request).Id);
    }

    [Theory]
    [InlineData(FrameKind.Notify)]
    [InlineData(FrameKind.Request)]
    [InlineData(FrameKind.Response)]
    [InlineData(FrameKind.Broadcast)]
    public void Sending_without_credit_is_a_violation(FrameKind kind)
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.FinishesAtOnce = false;
        for (ulong id = 1; id <= 4; id++)
        {
            peer.Session.Send(peer.Now, Given.Message(FrameKind.Request, id, 1));
        }

        peer.Pump();
        byte[] body = kind == FrameKind.Broadcast
            ? Given.BroadcastBody(SessionSettings.MaxFragment - BroadcastHead.Size)
            : new byte[SessionSettings.MaxFragment];
        for (ulong id = 1; id <= 3; id++)
        {
            peer.Tell(kind, id, body);
        }

        Assert.Equal(SessionState.Ready, peer.Session.State);
        peer.Tell(kind, 4, body);
        peer.AssertRefused(DisconnectReason.CreditExceeded);
    }

    [Fact]
    public void Empty_messages_use_credit_too()
    {
        FakePeer peer = FakePeer.Ready();
        peer.End.FinishesAtOnce = false;
        int allowed = Given.Settings.CreditWindow / CreditBook.PerMessage;
        for (int i = 0; i < allowed; i++)
        {
            peer.Tell(FrameKind.Notify, (ulong)i, []);
        }

        Assert.Equal(SessionState.Ready, peer.Session.State);
        peer.Tell(FrameKind.Notify, 0, []);
        peer.AssertRefused(DisconnectReason.CreditExceeded);
    }

    [Theory]
    [InlineData(4, 100)]
    [InlineData(255, 100)]
    [InlineData(0, ulong.MaxValue)]
    [InlineData(3, 1UL << 63)]
    public void Credit_of_an_unknown_class_or_size_is_refused(byte creditClass, ulong limit)
    {
        byte[] payload = new byte[FrameRules.CreditEntry];
        payload[0] = creditClass;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(payload.AsSpan(1), limit);
        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Credit, payload);
        peer.AssertRefused(DisconnectReason.MalformedFrame);
    }

    [Fact]
    public void A_repeated_or_lower_limit_changes_nothing()
    {
        CreditBook book = new();
        book.Raise(CreditClass.Notify, 100_000);
        book.Raise(CreditClass.Notify, 100_000);
        book.Raise(CreditClass.Notify, 10);
        Assert.Equal(100_000, book.Limit(CreditClass.Notify));
        Assert.Equal(CreditBook.Initial, book.Limit(CreditClass.Request));
    }

    [Fact]
    public void The_largest_credit_limit_does_not_overflow()
    {
        CreditBook book = new();
        book.Raise(CreditClass.Notify, long.MaxValue);
        Assert.True(book.TryUse(CreditClass.Notify, int.MaxValue));
        Assert.True(book.Has(CreditClass.Notify, int.MaxValue));
    }

    [Fact]
    public void Renewals_come_by_the_quarter_window()
    {
        CreditBook book = new(256 * 1024);
        Assert.True(book.TryUse(CreditClass.Request, 256 * 1024));
        Assert.False(book.TryUse(CreditClass.Request, 1));
        Assert.False(book.Finish(CreditClass.Request, (64 * 1024) - 1));
        Assert.True(book.Finish(CreditClass.Request, 1));
        Assert.Equal((256 + 64) * 1024, book.Renew(CreditClass.Request));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(16_000)]
    [InlineData(40_000)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public void The_smallest_window_passes_messages_of_every_size(int length)
    {
        SessionPair pair = SessionPair.Ready(Smallest, Smallest);
        for (int i = 0; i < 40; i++)
        {
            // A small message in between moves the window to an odd position when a full frame is due.
            Assert.Equal(
                SendResult.Accepted, pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, 15_000)));
            Assert.Equal(
                SendResult.Accepted, pair.Initiator.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, length)));
            pair.Settle();
        }

        Assert.Equal(80, pair.Responder.Count(FrameKind.Notify));
        Assert.Equal(0, pair.Initiator.Session.QueuedBytes);
    }

    [Fact]
    public void Both_credit_books_are_equal_after_any_interleaving()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            SessionSettings settings = new SessionSettings
            {
                CreditWindow = SessionSettings.MinCreditWindow + random.Next(200_000),
                MaxMessage = 1 << 20,
            }.Validated();
            Run(seed, random, SessionPair.Ready(settings, settings));
        }
    }

    private static void Run(int seed, Random random, SessionPair pair)
    {
        pair.Initiator.FinishesAtOnce = pair.Responder.FinishesAtOnce = false;
        ulong nextId = 1;
        for (int step = 0; step < 120; step++)
        {
            SessionEnd end = random.Next(2) == 0 ? pair.Initiator : pair.Responder;
            switch (random.Next(6))
            {
                case 0 or 1:
                    FrameKind kind =
                        random.Next(3) switch
                        {
                            0 => FrameKind.Request,
                            1 => FrameKind.Notify,
                            _ => FrameKind.Broadcast,
                        };
                    end.Session.Send(pair.Now,
                        Given.Message(kind, nextId++, random.Next(10) == 0 ? random.Next(400_000) : random.Next(30_000),
                        (Lane)random.Next(1, 4)));
                    break;
                case 2:
                    Answer(end, random);
                    break;
                case 3:
                    end.Session.Cancel((ulong)random.Next(1, (int)nextId + 1));
                    break;
                case 4:
                    FinishSome(pair.Now, end, random);
                    break;
                default:
                    pair.Settle();
                    break;
            }
        }

        pair.Settle();
        Assert.True(pair.Initiator.Session.State == SessionState.Ready,
            $"seed {seed}: {pair.Responder.End} {pair.Initiator.Session.State}");
        foreach (SessionEnd end in (SessionEnd[])[pair.Initiator, pair.Responder])
        {
            for (int i = 0; i < CreditBook.Classes; i++)
            {
                CreditClass creditClass = (CreditClass)i;
                Assert.True(
                    end.Session.SendingCredit.Used(creditClass) == pair.Other(end)
                        .Session.ReceivingCredit.Used(creditClass),
                    $"seed {seed}: {creditClass} used");
                Assert.True(
                    end.Session.SendingCredit.Limit(creditClass) == pair.Other(end)
                        .Session.ReceivingCredit.Limit(creditClass),
                    $"seed {seed}: {creditClass} limit");
            }
        }
    }

    private static void Answer(SessionEnd end, Random random)
    {
        List<Happening> requests = end.Happened.FindAll(happening => happening.Kind == FrameKind.Request);
        if (requests.Count > 0)
        {
            ulong id = requests[random.Next(requests.Count)].Id;
            end.Session.Respond(random.Next(4) == 0
                ? new OutboundMessage(FrameKind.Error, 0, id, Lane.Normal, CodedText.Encode(300, "no"), null)
                : Given.Message(FrameKind.Response, id, random.Next(150_000)));
        }
    }

    private static void FinishSome(TimeSpan now, SessionEnd end, Random random)
    {
        foreach (Happening happening in end.Happened.ToList())
        {
            if (happening.Charge != default && random.Next(2) == 0)
            {
                end.Session.Finish(now, happening.Charge);
                end.Happened.Remove(happening);
            }
        }
    }
}
