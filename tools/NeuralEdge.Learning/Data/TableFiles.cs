using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data;

/// <summary>Several files as one table: recordings of one class each, or of several days.</summary>
public static class TableFiles
{
    /// <summary>What the column of labels is called that <see cref="LabelSource.File"/> and <see cref="LabelSource.Folder"/> add.</summary>
    public const string DefaultLabelColumn = "label";

    private static readonly string[] Extensions = [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"];

    /// <summary>Reads files, and all tables in folders and in the folders within, in the order of their names.</summary>
    /// <param name="paths">Files and folders; at least one.</param>
    /// <param name="labels">Where labels come from.</param>
    /// <param name="labelColumn">What the column of labels is called that is added.</param>
    /// <param name="task">Told how much of a file is read; may be null.</param>
    /// <exception cref="InputRefusedException">A file is no table, or the columns of two differ.</exception>
    public static Table Read(IReadOnlyList<string> paths, LabelSource labels = LabelSource.Column, string labelColumn = DefaultLabelColumn, LongTask? task = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] files = [.. paths.SelectMany(Expand)];
        if (files.Length == 0)
        {
            throw new InputRefusedException("No file to read was given; give the path of a table.");
        }

        foreach (IGrouping<string, string> same in files.GroupBy(file => Path.GetFullPath(file), StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            throw new InputRefusedException($"{same.First()} was given twice, and its rows would count twice; give it once.");
        }

        Table[] tables = [.. files.Select(file => Table.Read(file, task))];
        return tables.Length == 1 && labels == LabelSource.Column ? tables[0] : Join(tables, labels, labelColumn);
    }

    /// <summary>Puts tables of the same columns below each other.</summary>
    /// <param name="tables">At least one.</param>
    /// <param name="labels">Where labels come from; the names of the tables are taken for paths.</param>
    /// <param name="labelColumn">What the column of labels is called that is added.</param>
    /// <exception cref="InputRefusedException">The columns differ, or there is a column of that name.</exception>
    public static Table Join(IReadOnlyList<Table> tables, LabelSource labels = LabelSource.Column, string labelColumn = DefaultLabelColumn)
    {
        ArgumentNullException.ThrowIfNull(tables);
        Table first = tables[0];
        List<string[]> rows = [];
        List<int> lines = [];
        List<string> sources = [];
        foreach (Table table in tables)
        {
            RequireSame(first, table);
            string? label = labels == LabelSource.Column ? null : LabelOf(table.Name, labels);
            if (label is not null && table.Has(labelColumn))
            {
                throw new InputRefusedException(
                    $"{table.Name} has a column {NumberText.Quote(labelColumn)} already; name the one that --label-from adds otherwise, with --target, or leave --label-from out.");
            }

            int[] order = [.. first.Columns.Select(table.IndexOf)];
            for (int r = 0; r < table.RowCount; r++)
            {
                IEnumerable<string> cells = order.Select(c => table.TextAt(r, c));
                rows.Add([.. label is null ? cells : cells.Append(label)]);
                lines.Add(table.LineOf(r));
                sources.Add(table.Name);
            }
        }

        List<DataFinding> findings = [.. tables.SelectMany(table => table.Findings)];
        string[] columns = labels == LabelSource.Column ? [.. first.Columns] : [.. first.Columns, labelColumn];
        string name = tables.Count == 1 ? first.Name : $"{first.Name} and {NumberText.Count(tables.Count - 1, "other file")}";
        return new Table(name, columns, [.. rows], [.. lines], first.DecimalComma)
        {
            Findings = findings,
            NamelessColumn = first.NamelessColumn,
            Sources = tables.Count == 1 ? null : [.. sources],
        };
    }

    private static IEnumerable<string> Expand(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => Array.Exists(Extensions, e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new InputRefusedException($"The folder {path} has no table in it; tables are files called *.csv, *.tsv or *.txt, packed by gzip or not.");
    }

    private static string LabelOf(string path, LabelSource labels)
    {
        if (labels == LabelSource.Folder)
        {
            return Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) is { Length: > 0 } folder
                ? folder
                : throw new InputRefusedException($"{path} is in no folder that could name its class; use --label-from file.");
        }

        string file = Path.GetFileName(path);
        file = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return Path.GetFileNameWithoutExtension(file).Trim() is { Length: > 0 } name
            ? name
            : throw new InputRefusedException($"{path} has no name that could be a class; rename it.");
    }

    private static void RequireSame(Table first, Table table)
    {
        string[] missing = [.. first.Columns.Except(table.Columns, StringComparer.Ordinal)];
        string[] extra = [.. table.Columns.Except(first.Columns, StringComparer.Ordinal)];
        if (missing.Length > 0 || extra.Length > 0)
        {
            string[] parts =
            [
                .. missing.Length == 0 ? Array.Empty<string>() : [$"has no {string.Join(", ", missing.Take(3).Select(NumberText.Quote))}"],
                .. extra.Length == 0 ? Array.Empty<string>() : [$"has {string.Join(", ", extra.Take(3).Select(NumberText.Quote))}"],
            ];
            throw new InputRefusedException($"{table.Name} {string.Join(" and ", parts)}, unlike {first.Name}; give all files the same columns.");
        }

        if (table.DecimalComma != first.DecimalComma)
        {
            throw new InputRefusedException($"{table.Name} separates its columns otherwise than {first.Name}, so that a comma means another thing in it; save all files alike.");
        }
    }
}
