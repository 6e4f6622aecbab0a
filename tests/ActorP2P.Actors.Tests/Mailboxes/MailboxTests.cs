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

    private static EngineSetup With(string id, MailboxSetup mailbox) =>
        new() { Mailboxes = new Dictionary<string, MailboxSetup> { [id] = mailbox } };

    private Props Lister() => new Hooks { Receive = (message, _) => Said.Add($"{message}") }.ToProps();
}
