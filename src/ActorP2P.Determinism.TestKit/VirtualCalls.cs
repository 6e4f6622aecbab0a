using System.ComponentModel;
using Akka.Actor;
using Akka.Actor.Setup;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// The replacements of the calls that the generator intercepts in a project with the property <c>VirtualCalls</c>. Code
/// that does not run in a simulation behaves as before.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VirtualCalls
{
    /// <summary>Blocks until a wait is over. Inside an actor, other actors run meanwhile.</summary>
    /// <param name="isOver">Checks whether the wait is over, without blocking.</param>
    /// <param name="timeout">How long in virtual time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="real">Blocks in real time.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the time is over.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TimeoutException">
    /// The test waits outside of this step, and its own deadline came first.
    /// </exception>
    /// <exception cref="SimulationException">A wait without a limit never ends.</exception>
    public static bool Wait(Func<bool> isOver, TimeSpan timeout, Func<bool> real, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(isOver);
        ArgumentNullException.ThrowIfNull(real);
        // Outside of a step the test's own context does the same, more exactly.
        if (Stepping is not { } world)
        {
            return real();
        }
        // A successful check may consume what it has found, such as a count of a semaphore.
        bool isTaken = false;
        return WorldPump.Of(world).Run(() => isTaken || (isTaken = isOver()), timeout, cancellation);
    }

    /// <summary>Waits until a condition holds that is checked repeatedly.</summary>
    /// <param name="isOver">The condition.</param>
    /// <param name="timeout">How long in virtual time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="real">Spins in real time.</param>
    /// <returns>False when the time is over.</returns>
    /// <exception cref="TimeoutException">
    /// The test waits outside of this step, and its own deadline came first.
    /// </exception>
    /// <exception cref="SimulationException">A wait without a limit never ends.</exception>
    public static bool Spin(Func<bool> isOver, TimeSpan timeout, Func<bool> real)
    {
        ArgumentNullException.ThrowIfNull(isOver);
        ArgumentNullException.ThrowIfNull(real);
        return Redirects.World is { IsMine: true } world ? WorldPump.Of(world).Run(isOver, timeout) : real();
    }

    /// <summary>Lets virtual time pass.</summary>
    /// <param name="time">How much.</param>
    /// <exception cref="TimeoutException">
    /// The test waits outside of this step, and its own deadline came first.
    /// </exception>
    public static void Sleep(TimeSpan time)
    {
        if (Redirects.World is not { IsMine: true } world)
        {
            Thread.Sleep(time);
        }
        else if (time != TimeSpan.Zero)
        {
            WorldPump.Of(world).Run(static () => false, time);
        }
    }

    /// <summary>Refuses a barrier inside a step, because the other participants would never arrive.</summary>
    /// <param name="real">Waits for the others in real time.</param>
    /// <exception cref="NotSupportedException">The caller is an actor of a simulation.</exception>
    public static bool Meet(Func<bool> real)
    {
        ArgumentNullException.ThrowIfNull(real);
        return Stepping is null ? real() : throw new NotSupportedException(
            "A Barrier needs a thread for each participant, and a simulation has one for all. "
                + "Let the actors tell each other, or use a CountdownEvent.");
    }

    /// <summary>Makes a system. In a simulation it is a simulated one in the same world.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="setup">Makes its setup.</param>
    /// <param name="real">Makes a system in real time.</param>
    public static ActorSystem Create(string name, Func<ActorSystemSetup> setup, Func<ActorSystem> real)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(real);
        return Redirects.World is { IsMine: true } world ? KitSystem.Create(world, name, setup()) : real();
    }

    private static SimulatedWorld? Stepping =>
        Redirects.World is { IsMine: true, IsRunning: true } world ? world : null;
}
