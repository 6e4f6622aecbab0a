namespace ActorP2P;

/// <summary>Sees to it that messages which nobody will handle are told so.</summary>
internal static class DeadLetters
{
    /// <summary>Called for every system a node lives in.</summary>
    public static void Watch(ActorSystem system)
    {
#if AKKA_ENGINE
        try
        {
            system.ActorOf(Props.Create<DeadLetterActor>(), "actorp2p-dead-letters");
        }
        catch (InvalidActorNameException)
        {
            // Another node of this system came first; one is enough, and two would tell twice.
        }
#else
        // The own engine tells them by itself.
        _ = system;
#endif
    }
}
