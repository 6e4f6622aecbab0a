namespace ActorP2P.Simulation;

/// <summary>Reads the workloads of a scenario.</summary>
internal static class WorkloadReader
{
    private static readonly string[] s_kinds = ["broadcasts", "asks", "notifies", "streams", "malformed-notifies"];

    public static Workload Read(string name, ScenarioSection section, ScenarioNodes nodes, TimeSpan duration)
    {
        string kind = section.OneOf("kind", "broadcasts", s_kinds);
        bool isFollowed = kind == "broadcasts";
        int least = isFollowed ? SpreadNews.HeadSize : WorkBody.HeadSize;
        int bytes = (int)section.Size("bytes", 1024, least, kind == "streams" ? int.MaxValue : 16 << 20);
        Workload work = new()
        {
            Name = name,
            Kind = (WorkloadKind)Array.IndexOf(s_kinds, kind),
            From = section.Has("from") ? NodeSet.Read(section, "from", nodes) : NodeSet.All(nodes),
            To = section.Has("to") ? NodeSet.Read(section, "to", nodes) : null,
            Every = section.Time("every", TimeSpan.FromSeconds(1), TimeSpan.FromMicroseconds(10)),
            IsPoisson = section.OneOf("pauses", "equal", "equal", "random") == "random",
            LeastBytes = bytes,
            MostBytes = (int)section.Size("most-bytes", bytes, bytes, int.MaxValue - 1),
            AnswerBytes = (int)section.Size("answer-bytes", bytes, WorkBody.HeadSize, 16 << 20),
            AskTimeout = section.Time("ask-timeout", TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1)),
            Start = section.Time("start", TimeSpan.Zero, TimeSpan.Zero),
            End = section.Time("end", duration, TimeSpan.Zero),
        };
        if (work.To is not null && isFollowed)
        {
            throw section.Error($"{section.Path}.to says who gets a broadcast; allowed: no such key, because a "
                + "broadcast goes to all", "to");
        }

        if (work.End > duration || work.Start > work.End)
        {
            throw section.Error($"{section.Path} lasts from {work.Start:c} to {work.End:c}; allowed: within "
                + $"00:00:00 to {duration:c}, the duration of the run");
        }

        section.End();
        return work;
    }
}
