using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Protocol.Tests;

/// <summary>
/// Whatever two sessions do in any order, their credit accounts agree and all room is free again at the end.
/// </summary>
public class BooksPropertyTests
{
    private const int Longest = 300_000;

    /// <summary>One step of a run. Each step interprets the number in its own way.</summary>
    public enum Step
    {
        SendNotify, SendRequest, SendBroadcast, Answer, AnswerError, Cancel, FinishSome, FinishAll, RefuseBroadcasts,
        BlockWriter, Settle, Wait,
    }

    [Fact]
    public void Random_operations_keep_the_books_of_both_sides_equal()
    {
        Step[] steps = [.. Enum.GetValues<Step>(), .. Enumerable.Repeat(Step.SendRequest, 4),
            .. Enumerable.Repeat(Step.Answer, 6)];
        Gen<(bool, Step, int)> step = Gen.Choose(0, 1).SelectMany(
            _ => Gen.Elements(steps), (side, what) => (side, what))
            .SelectMany(_ => Gen.Choose(0, Longest), (chosen, figure) => (chosen.side == 0, chosen.what, figure));
        Gen<(int, int, (bool, Step, int)[])> run = Gen.Choose(0, 200_000).SelectMany(
            _ => Gen.Choose(0, Longest), (window, room) => (window, room))
            .SelectMany(_ => Gen.ArrayOf(step), (bounds, taken) => (bounds.window, bounds.room, taken));
        Prop.ForAll(Arb.From(run, Shrink), Play).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(120));
    }

    private static IEnumerable<(int, int, (bool, Step, int)[])> Shrink(
        (int Window, int Room, (bool, Step, int)[] Steps) run)
    {
        for (int length = run.Steps.Length / 2; length > 0; length /= 2)
        {
            for (int at = 0; at + length <= run.Steps.Length; at += length)
            {
                yield return (run.Window, run.Room, [.. run.Steps[..at], .. run.Steps[(at + length)..]]);
            }
        }
    }

    private static bool Play((int Window, int Room, (bool IsInitiator, Step What, int Figure)[] Steps) run)
    {
        SessionSettings settings = new SessionSettings
        {
            CreditWindow = SessionSettings.MinCreditWindow + run.Window,
            MaxCreditWindow = SessionSettings.MinCreditWindow + (2 * run.Window),
            MaxMessage = Longest,
        }.Validated();
        SessionPair pair = SessionPair.Ready(
            settings, settings, initiatorBudget: new ReassemblyBudget(Longest + run.Room),
            responderBudget: new ReassemblyBudget(Longest + 1));
        pair.Initiator.FinishesAtOnce = pair.Responder.FinishesAtOnce = false;
        ulong id = 0;
        foreach ((bool isInitiator, Step what, int figure) in run.Steps)
        {
            Take(pair, isInitiator ? pair.Initiator : pair.Responder, what, figure, ref id);
        }

        AssertBooksAgree(pair);
        AssertAllComesBack(pair);
        return true;
    }

    private static void Take(SessionPair pair, SessionEnd end, Step what, int figure, ref ulong id)
    {
        Lane lane = (Lane)(1 + (figure % 3));
        switch (what)
        {
            case Step.SendNotify:
                end.Session.Send(pair.Now, Given.Message(FrameKind.Notify, 0, figure, lane));
                break;
            case Step.SendRequest:
                end.Session.Send(
                    pair.Now, Given.Message(FrameKind.Request, ++id, figure % 5 == 0 ? figure : figure / 20, lane));
                break;
            case Step.SendBroadcast:
                end.Session.Send(
                    pair.Now, Given.Message(FrameKind.Broadcast, 0, figure - (figure % 7 == 0 ? 0 : figure / 2), lane));
                break;
            case Step.Answer or Step.AnswerError:
                if (end.Happened.Find(
                    happening => happening.Kind == FrameKind.Request
                        && happening.Id % 3 == (ulong)figure % 3) is { } asked)
                {
                    end.Session.Respond(what == Step.Answer
                        ? Given.Message(FrameKind.Response, asked.Id, figure, asked.Message.Lane)
                        : new OutboundMessage(FrameKind.Error, 0, asked.Id, lane, CodedText.Encode(300, "no"), null));
                }

                break;
            case Step.Cancel:
                end.Session.Cancel(id - Math.Min(id, (ulong)figure % 8));
                break;
            case Step.FinishSome or Step.FinishAll:
                Finish(pair.Now, end, what == Step.FinishAll ? 1 : 1 + (figure % 3));
                break;
            case Step.RefuseBroadcasts:
                end.Events<SessionEvent.BroadcastBegun>().ToList()
                    .ForEach(begun => end.Session.RefuseBroadcast(begun.FrameId, ResetReason.Duplicate));
                break;
            case Step.BlockWriter:
                end.WriterIsBlocked = !end.WriterIsBlocked;
                break;
            case Step.Settle:
                pair.Settle();
                break;
            case Step.Wait:
                pair.Advance(TimeSpan.FromMilliseconds(figure % 40));
                break;
        }
    }

    private static void Finish(TimeSpan now, SessionEnd end, int each)
    {
        int index = 0;
        foreach (Happening happening in end.Happened.FindAll(
            happening => happening.Charge != default && index++ % each == 0))
        {
            end.Session.Finish(now, happening.Charge);
            end.Happened.Remove(happening);
        }
    }

    private static void AssertBooksAgree(SessionPair pair)
    {
        pair.Initiator.WriterIsBlocked = pair.Responder.WriterIsBlocked = false;
        pair.Settle();
        Assert.Equal(SessionState.Ready, pair.Initiator.Session.State);
        Assert.Equal(SessionState.Ready, pair.Responder.Session.State);
        foreach (SessionEnd end in (SessionEnd[])[pair.Initiator, pair.Responder])
        {
            CreditBook sending = end.Session.SendingCredit;
            CreditBook receiving = pair.Other(end).Session.ReceivingCredit;
            for (CreditClass creditClass = 0; (int)creditClass < CreditBook.Classes; creditClass++)
            {
                Assert.Equal(sending.Used(creditClass), receiving.Used(creditClass));
                Assert.Equal(sending.Limit(creditClass), receiving.Limit(creditClass));
                Assert.InRange(sending.Used(creditClass), 0, sending.Limit(creditClass));
            }
        }
    }

    /// <summary>
    /// Asserts that nothing waits for credit or room, and that none is in use, once everything is handled and answered.
    /// </summary>
    private static void AssertAllComesBack(SessionPair pair)
    {
        SessionEnd[] ends = [pair.Initiator, pair.Responder];
        for (int round = 0;
            round < 50 && ends.Any(end => end.Session.QueuedBytes > 0 || end.Session.HeldBytes > 0);
            round++)
        {
            foreach (SessionEnd end in ends)
            {
                end.Happened.FindAll(happening => happening.Kind == FrameKind.Request)
                    .ForEach(happening => end.Session.Respond(Given.Message(FrameKind.Response, happening.Id, 1)));
                Finish(pair.Now, end, 1);
            }

            // A refused broadcast is announced one second later.
            pair.Advance(TimeSpan.FromSeconds(1));
        }

        foreach (SessionEnd end in ends)
        {
            Assert.Equal(0, end.Session.QueuedBytes);
            Assert.Equal(0, end.Memory.Held);
            Assert.Equal(0, end.Budget.Reserved);
            Assert.Equal(0, end.Memory.Replies.Reserved);
            Assert.Equal(0, end.Memory.Replies.Waiting);
        }
    }
}
