using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data.Files;

/// <summary>What records of unequal length tell about the file they come from: the sentence that helps.</summary>
internal static class RecordShape
{
    private const int Listed = 6;

    /// <summary>Splits records at blanks when that is how the file separates its columns.</summary>
    /// <param name="records">All records; replaced when they are split.</param>
    /// <param name="lines">The line of each record.</param>
    /// <param name="name">What the file is called.</param>
    /// <returns>True when the columns are separated by blanks.</returns>
    /// <exception cref="InputRefusedException">Most lines have as many values, but not all.</exception>
    internal static bool SplitAtBlanks(List<string[]> records, List<int> lines, string name)
    {
        if (records.Count < 2 || records.Exists(record => record.Length != 1))
        {
            return false;
        }

        List<string[]> split = [.. records.Select(record => record[0].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))];
        int width = split[0].Length;
        RefuseFann(split, name);
        if (width < 2 || split.Count(record => record.Length == width) < 0.9 * split.Count)
        {
            return false;
        }

        int odd = split.FindIndex(record => record.Length != width);
        if (odd >= 0)
        {
            throw new InputRefusedException(
                $"{name} separates its columns by blanks, and line {lines[odd]} has {NumberText.Count(split[odd].Length, "value")} instead of {width}; separate them by commas, and leave a missing value empty.");
        }

        records.Clear();
        records.AddRange(split);
        return true;
    }

    /// <summary>Refuses a table whose first record is not as long as the others, where it is known why.</summary>
    /// <param name="records">All records, the names first.</param>
    /// <param name="lines">The line of each record.</param>
    /// <param name="name">What the file is called.</param>
    /// <exception cref="InputRefusedException">Names one short of the values, or lines of something else above the names.</exception>
    internal static void CheckFirst(List<string[]> records, List<int> lines, string name)
    {
        int usual = records.Skip(1).GroupBy(record => record.Length).OrderByDescending(group => group.Count()).Select(group => group.Key).FirstOrDefault();
        int first = records[0].Length;
        if (records.Count < 3 || usual == first || usual < 2)
        {
            return;
        }

        int names = records.FindIndex(record => record.Length == usual);
        if (names > 0 && !HasNumber(records[names]) && records.Skip(names + 1).Any(HasNumber))
        {
            string above = names == 1 ? $"line {lines[0]} is" : $"lines {lines[0]} to {lines[names - 1]} are";
            throw new InputRefusedException($"{name}: {above} no part of the table, whose names are in line {lines[names]} ({Some(records[names])}); remove what stands above.");
        }

        if (first == usual - 1 && !HasNumber(records[0]) && records.Skip(1).All(record => record.Length == usual))
        {
            throw new InputRefusedException(
                $"{name} line {lines[0]} names {NumberText.Count(first, "column")}, but every row has {usual} values; if the first of them is a row number, as R writes it, put a name for it in front, else add the name that is missing.");
        }
    }

    private static void RefuseFann(List<string[]> split, string name)
    {
        if (split.Count >= 3
            && split[0].Length == 3
            && Array.TrueForAll(split[0], cell => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            && split[1].Length.ToString(CultureInfo.InvariantCulture) == split[0][1]
            && split[2].Length.ToString(CultureInfo.InvariantCulture) == split[0][2])
        {
            throw new InputRefusedException($"{name} holds training data in the format of FANN; write it as a table: a line of names, then inputs and targets of each sample in one line.");
        }
    }

    private static bool HasNumber(string[] record) => Array.Exists(record, cell => NumberText.TryParse(cell, true, out _));

    private static string Some(string[] names) => string.Join(", ", names.Take(Listed).Select(Harmless.Line)) + (names.Length > Listed ? ", ..." : string.Empty);
}
