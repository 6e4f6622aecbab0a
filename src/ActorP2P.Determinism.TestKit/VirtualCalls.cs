using System.ComponentModel;
using Akka.Actor;
using Akka.Actor.Setup;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// What the calls become that the generator intercepts in a project with the property <c>VirtualCalls</c>. Code that runs in no
/// simulation does what it did.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VirtualCalls
{
    /// <summary>Blocks until a wait is over; inside of an actor, other actors go on meanwhile.</summary>
    /// <param name="isOver">Looks, without blocking.</param>
    /// <param name="timeout">How long in virtual time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="real">Blocks in real time.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the time is over.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="TimeoutException">
    /// The test waits outside of this step, and its own deadline came first.
    /// </exception>
    /// <exception cref="SimulationException">What is waited for without a limit never comes.</exception>
    public static bool Wait(Func<bool> isOver, TimeSpan timeout, Func<bool> real, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(isOver);
        ArgumentNullException.ThrowIfNull(real);
        // Outside of a step the test's own context does the same, and more exactly.
        if (Stepping is not { } world)
        {
            return real();
        }
        // A look that succeeds may take what it has seen, such as a count of a semaphore.
        bool isTaken = false;
        return WorldPump.Of(world).Run(() => isTaken || (isTaken = isOver()), timeout, cancellation);
    }

    /// <summary>Waits until a condition holds that is asked for again and again.</summary>
    /// <param name="isOver">The condition.</param>
    /// <param name="timeout">How long in virtual time; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="real">Spins in real time.</param>
    /// <returns>False when the time is over.</returns>
    /// <exception cref="TimeoutException">
    /// The test waits outside of this step, and its own deadline came first.
    /// </exception>
    /// <exception cref="SimulationException">What is waited for without a limit never comes.</exception>
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

    /// <summary>Refuses a barrier inside of a step, where the others never come.</summary>
    /// <param name="real">Meets them in real time.</param>
    /// <exception cref="NotSupportedException">The caller is an actor of a simulation.</exception>
    public static bool Meet(Func<bool> real)
    {
        ArgumentNullException.ThrowIfNull(real);
        return Stepping is null ? real() : throw new NotSupportedException(
            "A Barrier needs a thread for each participant, and a simulation has one for all. "
                + "Let the actors tell each other, or use a CountdownEvent.");
    }

    /// <summary>Makes a system: in a simulation a simulated one, in the same world.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="setup">What it is made with.</param>
    /// <param name="real">Makes one of real time.</param>
    public static ActorSystem Create(string name, Func<ActorSystemSetup> setup, Func<ActorSystem> real)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(real);
        return Redirects.World is { IsMine: true } world ? KitSystem.Create(world, name, setup()) : real();
    }

    private static SimulatedWorld? Stepping =>
        Redirects.World is { IsMine: true, IsRunning: true } world ? world : null;
}
