using Akka.Dispatch.MessageQueues;

namespace ActorP2P.Tests.Runtime;

public sealed class NodeQueueTests
{
    private readonly UnboundedMessageQueue _deadLetters = new();

    [Fact]
    public void Messages_come_in_the_order_they_went_in()
    {
        NodeQueue queue = new(tellsTurns: false);
        Enqueue(queue, 1, 2, 3);

        Assert.Equal([1, 2, 3], TakeAll(queue));
        Assert.False(queue.HasMessages);
    }

    [Fact]
    public void A_turn_ends_when_the_queue_runs_empty()
    {
        NodeQueue queue = new(tellsTurns: true);
        Enqueue(queue, 1, 2);

        Assert.Equal([1, 2, TurnEnd.Instance], TakeAll(queue));
        Assert.Empty(TakeAll(queue));
    }

    [Fact]
    public void A_turn_that_is_not_over_counts_as_a_message()
    {
        NodeQueue queue = new(tellsTurns: true);
        Enqueue(queue, 1);

        Assert.True(queue.TryDequeue(out _));

        Assert.True(queue.HasMessages);
        Assert.Equal([TurnEnd.Instance], TakeAll(queue));
        Assert.False(queue.HasMessages);
    }

    [Fact]
    public void A_turn_has_no_more_messages_than_it_may()
    {
        NodeQueue queue = new(tellsTurns: true);
        Enqueue(queue, [.. Enumerable.Range(0, NodeQueue.LongestTurn + 1).Cast<object>()]);

        object[] taken = TakeAll(queue);

        Assert.Equal(NodeQueue.LongestTurn + 3, taken.Length);
        Assert.Same(TurnEnd.Instance, taken[NodeQueue.LongestTurn]);
        Assert.Same(TurnEnd.Instance, taken[^1]);
    }

    [Fact]
    public void Messages_left_at_the_end_become_dead_letters()
    {
        NodeQueue queue = new(tellsTurns: true);
        Enqueue(queue, 1, 2, 3);
        Assert.True(queue.TryDequeue(out _));

        queue.CleanUp(ActorRefs.Nobody, _deadLetters);
        Enqueue(queue, 4);

        Assert.Equal([2, 3, 4], TakeAll(_deadLetters));
        Assert.Equal([TurnEnd.Instance], TakeAll(queue));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_queue_that_closes_loses_and_doubles_no_message(int writers)
    {
        const int Rounds = 100;
        const int Messages = 200;
        for (int round = 0; round < Rounds; round++)
        {
            NodeQueue queue = new(tellsTurns: false);
            UnboundedMessageQueue dead = new();
            Task[] writing = [.. Enumerable.Range(0, writers).Select(writer => Task.Run(() =>
            {
                for (int number = 0; number < Messages; number++)
                {
                    Enqueue(queue, (writer * Messages) + number);
                }
            }))];
            List<object> taken = [];
            while (taken.Count < round)
            {
                taken.AddRange(TakeAll(queue));
            }

            queue.CleanUp(ActorRefs.Nobody, dead);
            await Task.WhenAll(writing);

            Assert.Equal(Enumerable.Range(0, writers * Messages), taken.Concat(TakeAll(dead)).Cast<int>().Order());
            Assert.All(
                taken.Cast<int>().GroupBy(static number => number / Messages),
                static ofWriter => Assert.Equal(ofWriter.Order(), ofWriter));
        }
    }

    private static void Enqueue(NodeQueue queue, params object[] messages)
    {
        foreach (object message in messages)
        {
            queue.Enqueue(ActorRefs.Nobody, new Envelope(message, ActorRefs.NoSender));
        }
    }

    private static object[] TakeAll(IMessageQueue queue)
    {
        List<object> taken = [];
        while (queue.TryDequeue(out Envelope envelope))
        {
            taken.Add(envelope.Message);
        }

        return [.. taken];
    }
}
