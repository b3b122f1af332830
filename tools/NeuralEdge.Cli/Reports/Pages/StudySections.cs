using System.Xml.Linq;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>How training went, and what the score rests on.</summary>
internal static class StudySections
{
    private const int MostPoints = 300;
    private const int MostInputs = 20;

    /// <summary>The losses over the epochs.</summary>
    internal static IEnumerable<XElement> Course(IReadOnlyList<EpochLoss> losses, TaskKind task, string noun)
    {
        (int Epoch, EpochLoss Loss)[] all = [.. losses.Select((loss, e) => (e + 1, loss)).Where(point => double.IsFinite(point.loss.Training) && double.IsFinite(point.loss.HeldBack))];
        if (all.Length < 2)
        {
            return [];
        }

        int step = 1 + ((all.Length - 1) / MostPoints);
        (int Epoch, EpochLoss Loss)[] shown = [.. all.Where((_, e) => e % step == 0 || e == all.Length - 1)];
        double most = shown.Max(point => Math.Max(point.Loss.Training, point.Loss.HeldBack));
        SvgPlot plot = new("Loss over epochs", "epoch", "loss", (1, all[^1].Epoch), (0, most));
        plot.Curve("curve", shown.Select(point => ((double)point.Epoch, point.Loss.Training)));
        plot.Curve("curve second", shown.Select(point => ((double)point.Epoch, point.Loss.HeldBack)));
        plot.Key(("curve", $"{noun}s learned from"), ("curve second", $"{noun}s held back"));
        string loss = task == TaskKind.Classify ? "The loss is the cross-entropy in nats" : "The loss is half the squared error in standard deviations";
        return
        [
            Page.Heading("How training went"),
            Page.Sentence($"{NumberText.Count(all[^1].Epoch, "epoch")}; the loss of held-back {noun}s went from {Show.Small(all[0].Loss.HeldBack)} to {Show.Small(all.Min(point => point.Loss.HeldBack))} at best."),
            plot.Root,
            Page.Explanation($"{loss}; where the dashed curve rises while the other falls, a network learns its {noun}s by heart. The weights kept are those of the lowest point{(task == TaskKind.Classify ? "; a classifier then learns from all of them for as long" : "")}."),
        ];
    }

    /// <summary>What each input is worth.</summary>
    internal static IEnumerable<XElement> Importance(Study? study, TaskKind task, string noun)
    {
        if (study is null)
        {
            return [];
        }

        InputImportance[] inputs = [.. StudyText.ByImportance(study).Take(MostInputs)];
        double most = 100 * Math.Max(1e-3, inputs.Max(input => input.Loss));
        SvgPlot plot = new("What each input is worth", StudyText.Lost(task, noun) + " when it is shuffled, %", "", (0, most), (inputs.Length - 0.4, -0.7), 52 + (36 * inputs.Length));
        for (int i = 0; i < inputs.Length; i++)
        {
            plot.Note(0, i - 0.12, $"{SvgPlot.Short(inputs[i].Name, 36)}: {StudyText.Loss(inputs[i])}");
            plot.Bar(0, i + 0.3, 100 * Math.Max(0, inputs[i].Loss), i);
        }

        string some = study.Importance.Count > inputs.Length ? $" The {inputs.Length} of {study.Importance.Count} that matter most." : "";
        return
        [
            Page.Heading("What each input is worth"),
            plot.Root,
            Page.Explanation($"Each input's values are shuffled among {noun}s it has not seen, so that it says nothing any more. Inputs that say the same share their worth; one at 0 could be left out." + some),
        ];
    }

    /// <summary>Whether more rows would help.</summary>
    internal static IEnumerable<XElement> MoreRows(Study? study, TaskKind task, string noun)
    {
        if (study is null)
        {
            return [];
        }

        RowsPoint[] points = [.. study.ByRows];
        double least = 100 * Math.Min(1, points.Min(point => point.Score - point.StandardError));
        double most = 100 * Math.Max(points.Max(point => point.Score + point.StandardError), points.Max(point => point.Score) + 1e-3);
        double room = (most - least) / 10;
        double top = Math.Min(100, most + room);
        string what = StudyText.What(task, noun).ToLowerInvariant() + ", %";
        SvgPlot plot = new($"{what}, by the {noun}s learned from", $"{noun}s learned from, %", what, (0, 100), (least - room, top));
        plot.Curve("curve", points.Select(point => (100 * point.Share, 100 * point.Score)));
        foreach (RowsPoint point in points)
        {
            plot.Line("axis", 100 * point.Share, 100 * (point.Score - point.StandardError), 100 * point.Share, Math.Min(top, 100 * (point.Score + point.StandardError)));
            plot.Dot(100 * point.Share, 100 * point.Score, 4);
        }

        return
        [
            Page.Heading($"Would more {noun}s help?"),
            Page.Sentence(StudyText.OfMoreRows(study, task, noun)),
            Page.Facts(["learned from", StudyText.What(task, noun).ToLowerInvariant(), "uncertain by"], points.Select(point => (string[])[$"{100 * point.Share} % of the {noun}s", StudyText.Score(point), Show.Share(point.StandardError)])),
            plot.Root,
            Page.Explanation($"Networks of the size that is kept, in real numbers, trained on less and judged by the same {noun}s; where these chose the size, it may look better here than in the verdict. Recordings of another day or another sensor are worth more than more of the same."),
        ];
    }
}
