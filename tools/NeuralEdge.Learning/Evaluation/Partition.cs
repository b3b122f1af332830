using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// Which rows of a table are held out to judge by: in stretches where neighbouring rows are alike, at random where they are not.
/// The same rows whatever the seed, so that trainings can be compared.
/// </summary>
public sealed class Partition
{
    /// <summary>Parts that a table is judged in.</summary>
    public const int Parts = 5;

    /// <summary>With fewer rows nothing can be said of a network.</summary>
    public const int FewestRows = 10;

    /// <summary>Of a class, or of its opposite, fewer rows say little: nine of nine that are found may be three of four.</summary>
    public const int FewestJudged = 10;

    // From here on a fifth is enough to judge by, unless it holds hardly a row of some class.
    private const int ManyRows = 300;

    // A held-out recording that is most of the table leaves too little to learn from.
    private const double MostHeldOut = 0.75;

    // Recordings of one class after the other leave 0 to 0.2, and all other logs that were tried 0.28 to 0.8.
    private const double FewLeft = 0.25;
    private const long Seed = 0x5EED5;

    private Partition(SplitKind kind, double roughness, bool eachClassOnce, int[][] heldOut, int[] rows, int[] partOf)
    {
        Kind = kind;
        Roughness = roughness;
        EachClassOnce = eachClassOnce;
        HeldOut = heldOut;
        Rows = rows;
        PartOf = partOf;
    }

    /// <summary>How rows are held out.</summary>
    public SplitKind Kind { get; }

    /// <summary>As <see cref="RowOrder.Roughness"/> has it.</summary>
    public double Roughness { get; }

    /// <summary>True when rows that follow each other are alike, so that their scores are.</summary>
    public bool IsLog => Kind is SplitKind.Blocks or SplitKind.LastFifths or SplitKind.Recordings || (Kind == SplitKind.OtherTable && RowOrder.IsLog(Roughness, Rows.Count));

    /// <summary>True when every class comes in one stretch of the table, so that a class cannot be told from its day.</summary>
    public bool EachClassOnce { get; }

    /// <summary>The classes of a log that come in one stretch of it while others come in several, as an event that happened once does.</summary>
    public IReadOnlyList<string> ClassesOnce { get; private init; } = [];

    // Of windows: recordings and overlap of all rows, which share samples with their neighbours.
    private int[] Recordings { get; init; } = [];

    private int Overlap { get; init; }

    /// <summary>What a row is called: "row" or "window".</summary>
    internal string Noun => Recordings.Length > 0 ? "window" : "row";

    /// <summary>Rows in no order that repeat an earlier one; all copies of a row are held out together, and it is judged by the first.</summary>
    public int RowsCopied { get; private init; }

    /// <summary>HeldOut[training]: the rows that this training must not see. No row is in two of them.</summary>
    public IReadOnlyList<int[]> HeldOut { get; }

    /// <summary>The rows to judge by, in the order of the table: those held out whose every input was measured, and of copies the first.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>How many parts <see cref="PartOf"/> tells apart.</summary>
    public int PartCount => PartOf.Distinct().Count();

    /// <summary>The part, 0 to 4, that each of <see cref="Rows"/> is judged with: parts show how much scores vary.</summary>
    public IReadOnlyList<int> PartOf { get; }

    /// <summary>For each of <see cref="Rows"/>, whether pins begin there with all off; empty before anything was answered.</summary>
    internal IReadOnlyList<bool> PinsBegin { get; private set; } = [];

    /// <summary>The same with the rows at which pins began when they were answered: which networks answer says how far pins are followed.</summary>
    /// <param name="begins">As <see cref="IntegerAnswers.Begins"/>.</param>
    internal Partition Answered(bool[] begins)
    {
        Partition answered = (Partition)MemberwiseClone();
        answered.PinsBegin = begins;
        return answered;
    }

    /// <summary>Chooses rows to hold out.</summary>
    /// <param name="data">The rows in the order of their file.</param>
    public static Partition Of(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        double roughness = RowOrder.Roughness(data);
        int[] stretches = data.Task == TaskKind.Classify ? Stretches.Of(data) : [];
        bool once = data.Task == TaskKind.Classify && Array.TrueForAll(stretches, count => count <= 1);
        if (data.Count < FewestRows)
        {
            return new Partition(SplitKind.None, roughness, once, [], [], []);
        }

        Dictionary<int, int> part;
        SplitKind kind;

        // In a log a row may well come again; in no order a copy is a copy, in another recording too.
        bool isLog = RowOrder.IsLog(roughness, data.Count);
        int[]? copies = isLog || data.Recordings.Length > 0 ? null : Copies.GroupsOf(data.Inputs);
        if (data.Recordings.Length > 0)
        {
            (kind, part) = Dealt(data) is Dictionary<int, int> dealt ? (SplitKind.Recordings, dealt) : InStretches(data);
        }
        else if (InRow(data, copies) is Dictionary<int, int> recordings)
        {
            (kind, part) = (SplitKind.Recordings, recordings);
        }
        else if (isLog)
        {
            (kind, part) = InStretches(data);
        }
        else
        {
            kind = (copies is null ? data.Count : copies.Max() + 1) < ManyRows || IsRareInAFifth(data) ? SplitKind.Folds : SplitKind.RandomFifth;
            part = kind == SplitKind.Folds ? Folds(data, copies) : Fifth(data, copies);
        }

        int[] rows = [.. part.Keys.Order()];
        int[][] heldOut = kind is SplitKind.Blocks or SplitKind.Folds or SplitKind.Recordings
            ? [.. Enumerable.Range(0, Parts).Select(p => Array.FindAll(rows, r => part[r] == p)).Where(held => held.Length > 0)]
            : rows.Length > 0 ? [rows] : [];

        // A row with a median in it is held out with its neighbours, but nothing is judged by it, nor by a second copy of a row.
        HashSet<int> judgedBy = [];
        int[] judged = Array.FindAll(rows, r => data.IsMeasured(r) && judgedBy.Add(copies?[r] ?? r));
        return new Partition(judged.Length > 0 ? kind : SplitKind.None, roughness, once, heldOut, judged, Array.ConvertAll(judged, r => part[r]))
        {
            Recordings = data.Recordings,
            Overlap = data.Overlap,
            RowsCopied = copies is null ? 0 : data.Count - (copies.Max() + 1),
            // Of very few rows it has been said already that they are too few.
            ClassesOnce = once || kind is not (SplitKind.Blocks or SplitKind.LastFifths) ? [] : [.. Enumerable.Range(0, data.ClassNames.Length).Where(c => stretches[c] == 1 && data.Classes.Count(k => k == c) >= RareLabels.FewestRows).Select(c => data.ClassNames[c])],
        };
    }

    /// <summary>The parts of a table that is given to judge by: stretches of a log, or none that mean anything.</summary>
    /// <param name="test">The rows in the order of their file.</param>
    public static Partition OfTest(DataSet test)
    {
        ArgumentNullException.ThrowIfNull(test);
        int[] rows = [.. Enumerable.Range(0, test.Count)];
        return new Partition(SplitKind.OtherTable, RowOrder.Roughness(test), false, [rows], rows, Array.ConvertAll(rows, r => BlockOf(r, test.Count)));
    }

    /// <summary>The rows that a training may see.</summary>
    /// <param name="training">From 0, as in <see cref="HeldOut"/>.</param>
    /// <param name="count">Rows of the table.</param>
    public int[] TrainingRows(int training, int count)
    {
        HashSet<int> held = [.. HeldOut[training]];
        return [.. Enumerable.Range(0, count).Where(r => !held.Contains(r) && !SharesSamples(r, held))];
    }

    private bool SharesSamples(int row, HashSet<int> held)
    {
        for (int other = Math.Max(0, row - Overlap); other <= row + Overlap && Overlap > 0; other++)
        {
            if (held.Contains(other) && Recordings[other] == Recordings[row])
            {
                return true;
            }
        }

        return false;
    }

    private static (SplitKind Kind, Dictionary<int, int> PartOf) InStretches(DataSet data) => LeastLeft(data, r => BlockOf(r, data.Count)) < FewLeft
        ? (SplitKind.LastFifths, LastFifths(data))
        : (SplitKind.Blocks, Enumerable.Range(0, data.Count).ToDictionary(r => r, r => BlockOf(r, data.Count)));

    // Recordings of samples, in up to five parts of such that follow each other; null where too little would be left without one, or where
    // a row is held out of which another recording has a copy.
    private static Dictionary<int, int>? InRow(DataSet data, int[]? copies)
    {
        if (data.Sessions.Length == 0)
        {
            return null;
        }

        Dictionary<int, int> blockOf = Enumerable.Range(0, data.Count).GroupBy(r => data.Sessions[r]).ToDictionary(rows => rows.Key, rows => BlockOf((rows.First() + rows.Last()) / 2, data.Count));
        int largest = data.Sessions.GroupBy(session => blockOf[session]).Max(rows => rows.Count());
        bool areApart = copies is null || Enumerable.Range(0, data.Count).GroupBy(r => copies[r]).All(group => group.DistinctBy(r => blockOf[data.Sessions[r]]).Count() == 1);
        return areApart && largest <= MostHeldOut * data.Count && LeastLeft(data, r => blockOf[data.Sessions[r]]) >= FewLeft
            ? Enumerable.Range(0, data.Count).ToDictionary(r => r, r => blockOf[data.Sessions[r]])
            : null;
    }

    // Whole recordings of windows, the largest first, each to the part that has the fewest rows of its class; null where a class has only one.
    private static Dictionary<int, int>? Dealt(DataSet data)
    {
        IGrouping<int, int>[] recordings = [.. Enumerable.Range(0, data.Count).GroupBy(r => data.Recordings[r])];
        IGrouping<int, IGrouping<int, int>>[] classes = [.. recordings.GroupBy(rows => data.Task == TaskKind.Classify ? data.Classes[rows.First()] : 0)];
        int fewest = data.Task == TaskKind.Classify ? 2 : Parts;
        if (classes.Any(ofClass => ofClass.Count() < fewest))
        {
            return null;
        }

        Dictionary<int, int> part = [];
        foreach (IGrouping<int, IGrouping<int, int>> ofClass in classes)
        {
            int[] rows = new int[Parts];
            foreach (IGrouping<int, int> recording in ofClass.OrderByDescending(recording => recording.Count()).ThenBy(recording => recording.Key))
            {
                int p = Array.IndexOf(rows, rows.Min());
                rows[p] += recording.Count();
                foreach (int r in recording)
                {
                    part[r] = p;
                }
            }
        }

        return part;
    }

    // Of classes that all rows together are too few for nobody can say more.
    private static bool IsRareInAFifth(DataSet data) => data.Task == TaskKind.Classify
        && data.Classes.CountBy(c => c).Any(pair => pair.Value >= RareLabels.FewestRows && Share(pair.Value) < FewestJudged);

    private static int BlockOf(int row, int count) => (int)((long)row * Parts / count);

    // The least share of a class that is left to learn from when a stretch is held out.
    private static double LeastLeft(DataSet data, Func<int, int> partOf)
    {
        if (data.Task != TaskKind.Classify)
        {
            return 1;
        }

        double least = 1;
        for (int c = 0; c < data.ClassNames.Length; c++)
        {
            int[] blocks = [.. Enumerable.Range(0, data.Count).Where(r => data.Classes[r] == c).Select(partOf)];
            int most = blocks.GroupBy(b => b).Max(g => g.Count());
            least = Math.Min(least, 1 - ((double)most / blocks.Length));
        }

        return least;
    }

    private static Dictionary<int, int> LastFifths(DataSet data)
    {
        Dictionary<int, int> part = [];
        foreach (int[] members in Classes(data))
        {
            int take = Share(members.Length);
            for (int i = 0; i < take; i++)
            {
                part[members[members.Length - take + i]] = BlockOf(i, take);
            }
        }

        return part;
    }

    private static Dictionary<int, int> Folds(DataSet data, int[]? copies)
    {
        Dictionary<int, int> part = [];
        Dictionary<int, int> ofCopies = [];
        PortableRandom random = new(Seed);
        int next = 0;
        foreach (int[] members in Classes(data))
        {
            random.Shuffle(members);

            // The only row of a class stays to be learned from.
            foreach (int row in members.Length > 1 ? members : [])
            {
                int group = copies?[row] ?? row;
                if (!ofCopies.TryGetValue(group, out int p))
                {
                    p = ofCopies[group] = next++ % Parts;
                }

                part[row] = p;
            }
        }

        return part;
    }

    private static Dictionary<int, int> Fifth(DataSet data, int[]? copies)
    {
        Dictionary<int, int> part = [];
        ILookup<int, int> rowsOf = Enumerable.Range(0, data.Count).ToLookup(r => copies?[r] ?? r);
        PortableRandom random = new(Seed);
        int next = 0;
        foreach (int[] members in Classes(data))
        {
            random.Shuffle(members);
            int held = members.Count(part.ContainsKey);
            int most = Share(members.Length);
            foreach (int row in members)
            {
                // Other copies may be of another class.
                int[] group = [.. rowsOf[copies?[row] ?? row]];
                int more = group.Count(r => IsOfOneClass(data, r, row));
                if (!part.ContainsKey(row) && held + more <= most)
                {
                    held += more;
                    Array.ForEach(group, r => part[r] = next % Parts);
                    next++;
                }
            }
        }

        return part;
    }

    private static bool IsOfOneClass(DataSet data, int a, int b) => data.Task != TaskKind.Classify || data.Classes[a] == data.Classes[b];

    private static int Share(int rows) => rows < 2 ? 0 : Math.Clamp((rows + 2) / Parts, 1, rows - 1);

    private static IEnumerable<int[]> Classes(DataSet data) => data.Task == TaskKind.Classify
        ? Enumerable.Range(0, data.ClassNames.Length).Select(c => Enumerable.Range(0, data.Count).Where(r => data.Classes[r] == c).ToArray())
        : [[.. Enumerable.Range(0, data.Count)]];
}
