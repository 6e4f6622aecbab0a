using Akka.Actor;
using Akka.Configuration;

namespace ActorP2P.Determinism;

/// <summary>Makes actor systems of Akka.NET that run in a <see cref="SimulatedWorld"/>.</summary>
/// <remarks>
/// <code>
/// SimulatedWorld world = new(seed: 7, new SimulationOptions { Shuffle = true });
/// ActorSystem system = SimulatedSystem.Create(world, "shop");
/// IActorRef order = system.ActorOf(Props.Create(() => new Order()));
/// bool paid = world.Run(() => order.Ask&lt;bool&gt;("pay"), limit: TimeSpan.FromHours(1));
/// </code>
/// </remarks>
public static class SimulatedSystem
{
    /// <summary>Makes a system; call it on the world's thread.</summary>
    /// <param name="world">The world that gives the system its time and order.</param>
    /// <param name="name">The system's name.</param>
    /// <param name="options">The options; null for no configuration of its own and node 0.</param>
    /// <exception cref="ArgumentException">The name is not a valid name of an actor system.</exception>
    public static ActorSystem Create(SimulatedWorld world, string name, SimulatedSystemOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(name);
        CheckName(name);
        return Create(world, options ?? new SimulatedSystemOptions(), recipe => recipe.Make(name));
    }

    /// <summary>
    /// Makes a system by a function, for a framework that makes its systems itself, such as Akka.Hosting. Call it on
    /// the world's thread.
    /// </summary>
    /// <param name="world">The world that gives the system its time and order.</param>
    /// <param name="make">
    /// Makes the system with the configuration that it is given: that of <paramref name="options"/> with the settings
    /// of the simulation. Nothing may override it.
    /// </param>
    /// <param name="options">The options; null for no configuration of its own and node 0.</param>
    /// <exception cref="InvalidOperationException">The system does not have the settings of the simulation.</exception>
    public static ActorSystem Create(
        SimulatedWorld world, Func<Config, ActorSystem> make, SimulatedSystemOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(make);
        return Create(
            world, options ?? new SimulatedSystemOptions(), recipe => recipe.Make(() => Checked(make(recipe.Config))));
    }

    private static ActorSystem Create(
        SimulatedWorld world, SimulatedSystemOptions asked, Func<SystemRecipe, ActorSystem> make)
    {
        SimulatedNode node = world.Join(asked.Node);
        world.CheckAccess(node);
        SystemBinding binding = new(node.Life, asked.Clock?.Invoke(node.Clock) ?? node.Clock);
        SystemRecipe recipe = SystemRecipe.Of(asked, world.Options);
        SystemBinding? outerBinding = SystemBinding.Enter(binding);
        Random outerRandom = AkkaPrivates.SwapRandom(node.AkkaRandom);
        SynchronizationContext? outerContext = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            // On the node's scheduler, so that continuations which the system adds now, such as those for its end, stay
            // there.
            Task<ActorSystem> creation = new(() => make(recipe));
            creation.RunSynchronously(node.Life.TaskScheduler);
            ActorSystem system = creation.GetAwaiter().GetResult();
            binding.Bind(system.Scheduler);
            return system;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outerContext);
            AkkaPrivates.SwapRandom(outerRandom);
            SystemBinding.Enter(outerBinding);
        }
    }

    private static ActorSystem Checked(ActorSystem system) =>
        system is ExtendedActorSystem { Provider: SimulatedActorRefProvider } && system.Scheduler is SimulatedScheduler
            ? system
            : throw new InvalidOperationException(
                $"The system {system.Name} does not use the configuration that it was given: its provider is "
                + $"{((ExtendedActorSystem)system).Provider.GetType().Name}, its scheduler "
                + $"{system.Scheduler.GetType().Name}. A system with remoting or clustering cannot be simulated.");

    /// <summary>The world a system runs in; null for a system in real time.</summary>
    public static SimulatedWorld? WorldOf(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return BindingOf(system)?.World;
    }

    /// <summary>The number of the node that a system runs on; null for a system in real time.</summary>
    public static int? NodeOf(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return BindingOf(system)?.Life.Node.Key;
    }

    /// <summary>The clock of a simulated system; null for a system in real time.</summary>
    public static TimeProvider? TimeProviderOf(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return BindingOf(system)?.Time;
    }

    /// <summary>Checks a name. Akka's own check does not apply to a system whose settings are copied.</summary>
    private static void CheckName(string name)
    {
        bool isFit = name.Length > 0 && char.IsAsciiLetterOrDigit(name[0])
            && name.All(static one => char.IsAsciiLetterOrDigit(one) || one == '-');
        if (!isFit)
        {
            throw new ArgumentException(
                $"'{name}' is not a valid name of an actor system; allowed: letters, digits and '-', but no '-' first.",
                nameof(name));
        }
    }

    internal static SystemBinding? BindingOf(ActorSystem system) => SystemBinding.Of(system.Scheduler);
}
