using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Akka's latch for actors that wait for it: while an actor waits, the world continues inside the actor's step. A test
/// may wait for Akka's own latch as well. In a class on <see cref="SimulatedTestKit"/>, and in the actors inside of it,
/// the name <c>TestLatch</c> means this latch.
/// </summary>
public class SimulatedLatch : TestLatch
{
    // The same as Akka's own.
    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _timeout;

    /// <summary>Makes a latch that opens at the first count.</summary>
    public SimulatedLatch()
        : this(1)
    {
    }

    /// <summary>Makes a latch that opens after a number of counts.</summary>
    public SimulatedLatch(int count)
        : this(count, s_defaultTimeout)
    {
    }

    /// <summary>Makes a latch that opens at the first count, with a default timeout of its own.</summary>
    public SimulatedLatch(TimeSpan timeout)
        : this(1, timeout)
    {
    }

    /// <summary>Makes a latch with a default timeout of its own.</summary>
    /// <param name="count">The number of counts that open it.</param>
    /// <param name="timeout">How long <see cref="Ready()"/> waits, in virtual time.</param>
    public SimulatedLatch(int count, TimeSpan timeout)
        : base(count, timeout) =>
        _timeout = timeout;

    /// <summary>Waits until it is open.</summary>
    /// <exception cref="TimeoutException">It is not open in time.</exception>
    public new void Ready() => Ready(_timeout);

    /// <summary>Waits until it is open.</summary>
    /// <param name="timeout">How long, in virtual time.</param>
    /// <exception cref="TimeoutException">It is not open in time.</exception>
    public new void Ready(TimeSpan timeout)
    {
        if (Redirects.World is not { IsMine: true } world)
        {
            base.Ready(timeout);
        }
        else if (!WorldPump.Of(world).Run(() => IsOpen, timeout))
        {
            throw new TimeoutException(
                $"The latch was not open after {timeout:c} (seed {world.Seed}, virtual time {world.Now:c}).");
        }
    }
}
