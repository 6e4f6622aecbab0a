namespace ActorP2P.Actors;

/// <summary>The order of references: by path, then by incarnation, so that sorting never depends on the process.</summary>
internal static class RefOrder
{
    public static int Compare(IActorRef self, IActorRef? other)
    {
        if (other is null)
        {
            return 1;
        }
        int byPath = self.Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : self.Path.Uid.CompareTo(other.Path.Uid);
    }
}
