using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Util;

namespace ActorP2P.Determinism;

/// <summary>
/// Makes a system with a copy of another system's settings, by the steps of the constructor of ActorSystemImpl in
/// Akka.NET 1.5.74. When these steps do not exist, systems are made in the ordinary way, which takes longer and has the
/// same result.
/// </summary>
internal static class SystemTemplate
{
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly string[] s_stepNames =
    [
        "ConfigureEventStream",
        "ConfigureLoggers",
        "ConfigureScheduler",
        "ConfigureProvider",
        "ConfigureTerminationCallbacks",
        "ConfigureSerialization",
        "ConfigureMailboxes",
        "ConfigureDispatchers",
        "ConfigureActorProducerPipeline",
    ];

    private static readonly MethodInfo s_clone = typeof(object).GetMethod("MemberwiseClone", Private)!;
    private static readonly FieldInfo? s_owner = typeof(Settings).GetField("<System>k__BackingField", Private);
    private static readonly FieldInfo? s_lock = typeof(Settings).GetField("_configLock", Private);
    private static readonly FieldInfo? s_extensions = typeof(ActorSystemImpl).GetField("_extensions", Private);
    private static readonly FieldInfo? s_name = typeof(ActorSystemImpl).GetField("_name", Private);
    private static readonly FieldInfo? s_settings = typeof(ActorSystemImpl).GetField("_settings", Private);
    private static readonly FieldInfo? s_guardian = typeof(ActorSystemImpl).GetField(
        "<GuardianProps>k__BackingField", Private);

    private static readonly Action<ActorSystemImpl>?[] s_steps = Array.ConvertAll(s_stepNames, static name =>
        typeof(ActorSystemImpl).GetMethod(name, Private, Type.EmptyTypes)?.CreateDelegate<Action<ActorSystemImpl>>());

    /// <summary>Whether the running version of Akka.NET has the members that this needs.</summary>
    public static bool IsSupported { get; } = Array.TrueForAll(s_steps, static step => step is not null)
        && Array.TrueForAll(
            [s_owner, s_lock, s_extensions, s_name, s_settings, s_guardian], static field => field is not null);

    public static ActorSystem Copy(string name, Settings template)
    {
        var system = (ActorSystemImpl)RuntimeHelpers.GetUninitializedObject(typeof(ActorSystemImpl));
        var settings = (Settings)s_clone.Invoke(template, null)!;
        s_owner!.SetValue(settings, system);
        s_lock!.SetValue(settings, new object());
        s_extensions!.SetValue(system, Activator.CreateInstance(s_extensions.FieldType));
        s_name!.SetValue(system, name);
        s_settings!.SetValue(system, settings);
        s_guardian!.SetValue(system, Option<Props>.None);
        foreach (Action<ActorSystemImpl>? step in s_steps)
        {
            step!(system);
        }
        system.Start();
        return system;
    }
}
