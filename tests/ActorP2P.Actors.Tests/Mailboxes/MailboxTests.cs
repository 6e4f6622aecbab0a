namespace ActorP2P.Actors.Tests.Mailboxes;

public sealed class MailboxTests : SimulatedTest
{
    [Theory]
    [InlineData(OverflowPolicy.DropNewest, "0,1,2")]
    [InlineData(OverflowPolicy.DropOldest, "7,8,9")]
    public void A_bounded_mailbox_drops_by_its_policy_and_counts_what_it_dropped(OverflowPolicy policy, string kept)
    {
        ActorSystem system = NewSystem(With("m", MailboxSetup.Bounded(3, policy)));
        IActorRef actor = system.ActorOf(Lister().WithMailbox("m"));
        for (int i = 0; i < 10; i++)
        {
            actor.Tell(i);
        }
        Scheduler.RunToQuiescence();
        Assert.Equal(kept, string.Join(',', Said));
        Assert.Equal(7, system.DeadLetterCount);
    }

    [Fact]
    public void A_mailbox_of_the_configuration_can_be_bounded()
    {
        ActorSystem system = NewSystem(config: "m { mailbox-type = bounded, mailbox-capacity = 2, mailbox-overflow = drop-oldest }");
        IActorRef actor = system.ActorOf(Lister().WithMailbox("m"));
        for (int i = 0; i < 5; i++)
        {
            actor.Tell(i);
        }
        Scheduler.RunToQuiescence();
        Assert.Equal("3,4", string.Join(',', Said));
    }

    [Fact]
    public void A_priority_mailbox_hands_out_the_urgent_first_and_keeps_equals_in_order()
    {
        ActorSystem system = NewSystem(With("m", MailboxSetup.Priority(message => ((string)message)[0])));
        IActorRef actor = system.ActorOf(Lister().WithMailbox("m"));
        foreach (string message in new[] { "c1", "a1", "b1", "a2", "c2", "b2" })
        {
            actor.Tell(message);
        }
        Scheduler.RunToQuiescence();
        Assert.Equal("a1,a2,b1,b2,c1,c2", string.Join(',', Said));
    }

    [Fact]
    public void Unstashed_messages_come_before_what_waits_in_any_mailbox()
    {
        ActorSystem system = NewSystem(With("m", MailboxSetup.Bounded(10, OverflowPolicy.DropNewest)));
        bool open = false;
        IActorRef actor = system.ActorOf(new Hooks
        {
            Receive = (message, self) =>
            {
                if (open)
                {
                    Said.Add($"{message}");
                }
                else if (message is "open")
                {
                    open = true;
                    self.Stash.UnstashAll();
                }
                else
                {
                    self.Stash.Stash();
                }
            },
        }.ToProps().WithMailbox("m"));
        foreach (string message in new[] { "1", "2", "open", "3" })
        {
            actor.Tell(message);
        }
        Scheduler.RunToQuiescence();
        Assert.Equal("1,2,3", string.Join(',', Said));
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    public void Messages_stashed_and_unstashed_again_and_again_keep_their_order(string mailbox)
    {
        // Far more than one piece of the queue holds, and as many again that the actor tells itself meanwhile.
        const int messages = 1000;
        ActorSystem system = NewSystem(With("m", MailboxSetup.Priority(_ => 0)));
        List<int> handled = [];
        int unstashed = 0;
        IActorRef actor = system.ActorOf(new Hooks
        {
            Receive = (message, self) =>
            {
                if (unstashed == 0)
                {
                    self.Stash.Stash();
                    if (self.Stash.Count == 3 + (handled.Count % 5))
                    {
                        unstashed = self.Stash.Count;
                        self.Stash.UnstashAll();
                    }
                    return;
                }
                unstashed--;
                handled.Add((int)message);
                if ((int)message < messages)
                {
                    self.Me.Tell(messages + (int)message);
                }
            },
        }.ToProps().WithMailbox(mailbox));
        for (int i = 0; i < messages; i++)
        {
            actor.Tell(i);
        }
        Scheduler.RunToQuiescence();
        Assert.Equal(Enumerable.Range(0, handled.Count), handled);
        // What is left waits in the stash for more to come.
        Assert.InRange(handled.Count, (2 * messages) - 7, 2 * messages);
    }

    private static EngineSetup With(string id, MailboxSetup mailbox) =>
        new() { Mailboxes = new Dictionary<string, MailboxSetup> { [id] = mailbox } };

    private Props Lister() => new Hooks { Receive = (message, _) => Said.Add($"{message}") }.ToProps();
}
