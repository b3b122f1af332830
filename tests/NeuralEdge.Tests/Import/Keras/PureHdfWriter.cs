using PureHDF;
using PureHDF.Filters;

namespace NeuralEdge.Tests.Import.Keras;

/// <summary>Writes HDF5 with PureHDF, in the newer layout: superblock 3, link messages, checksums. An independent reading of the format.</summary>
internal static class PureHdfWriter
{
    internal static byte[] Write(HdfGroup root)
    {
        H5File file = [];
        Fill(file, root);
        using MemoryStream stream = new();
        file.Write(stream, new H5WriteOptions(DefaultStringLength: root.FixedTexts ? 60 : 0));
        return stream.ToArray();
    }

    private static void Fill(H5Group group, HdfGroup from)
    {
        foreach ((string name, string[] texts) in from.Attributes)
        {
            group.Attributes[name] = from.Scalars.Contains(name) ? texts[0] : texts;
        }

        foreach ((string name, HdfNode node) in from.Children)
        {
            if (node is HdfGroup inner)
            {
                H5Group made = [];
                Fill(made, inner);
                group[name] = made;
            }
            else if (node is HdfData data)
            {
                group[name] = Data(data);
            }
        }
    }

    private static H5Dataset Data(HdfData data)
    {
        Array numbers = data.Bytes switch
        {
            2 => Array.ConvertAll(data.Numbers, n => (Half)n),
            4 => Array.ConvertAll(data.Numbers, n => (float)n),
            _ => data.Numbers,
        };
        return new H5Dataset(
            numbers,
            chunks: data.Chunk is null ? null : Array.ConvertAll(data.Chunk, c => (uint)c),
            fileDims: Array.ConvertAll(data.Shape, s => (ulong)s),
            datasetCreation: new(Filters: [.. data.Filters.Select(f => new H5Filter((ushort)f))]));
    }
}
