using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism;

/// <summary>
/// Claims about a program, in its actors or in the test that drives them. In a simulation a claim that fails ends the
/// run; an exploration also tells which were never reached. Outside of simulations they do nothing.
/// </summary>
public static class Claim
{
    /// <summary>Claims that a condition holds whenever this place is reached.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="name">What is claimed, a constant text such as "no account is below zero".</param>
    /// <param name="file">The file; the compiler gives it.</param>
    /// <param name="line">The line; the compiler gives it.</param>
    /// <exception cref="ClaimFailedException">The condition does not hold, in a simulation.</exception>
    public static void Always(
        bool holds, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (Redirects.World is { IsMine: true } world)
        {
            world.Exploring?.Claims.Count(ClaimKind.Always, name, holds);
            if (!holds)
            {
                throw Failed(world, ClaimKind.Always, name, file, line);
            }
        }
    }

    /// <summary>Claims that a condition holds at least once in some run of an exploration.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="name">What is claimed, a constant text.</param>
    public static void Sometimes(bool holds, string name) => Count(ClaimKind.Sometimes, name, holds);

    /// <summary>Claims that this place is reached in some run of an exploration.</summary>
    /// <param name="name">What is claimed, a constant text.</param>
    public static void Reachable(string name) => Count(ClaimKind.Reachable, name, holds: true);

    /// <summary>Claims that this place is never reached.</summary>
    /// <param name="name">What is claimed, a constant text.</param>
    /// <param name="file">The file; the compiler gives it.</param>
    /// <param name="line">The line; the compiler gives it.</param>
    /// <exception cref="ClaimFailedException">It is reached in a simulation.</exception>
    public static void Unreachable(string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (Redirects.World is { IsMine: true } world)
        {
            world.Exploring?.Claims.Count(ClaimKind.Unreachable, name, holds: false);
            throw Failed(world, ClaimKind.Unreachable, name, file, line);
        }
    }

    /// <summary>Shows a line of state at this place of a diagram, such as "balance 7".</summary>
    /// <param name="state">The line.</param>
    public static void Show(string state)
    {
        if (Redirects.World is { IsMine: true } world)
        {
            world.Exploring?.Show(state);
        }
    }

    private static void Count(ClaimKind kind, string name, bool holds)
    {
        if (Redirects.World is { IsMine: true } world)
        {
            world.Exploring?.Claims.Count(kind, name, holds);
        }
    }

    private static ClaimFailedException Failed(SimulatedWorld world, ClaimKind kind, string name, string file, int line)
    {
        ClaimFailedException failure = new(kind, name, $"{Path.GetFileName(file)}:{line}", world.Seed, world.Now);
        world.Exploring?.MarkFailure();
        if (world.IsRunning)
        {
            world.Fail(failure);
        }
        return failure;
    }
}
