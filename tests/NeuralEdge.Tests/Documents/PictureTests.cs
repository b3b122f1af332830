using System.Xml.Linq;
using NeuralEdge.Generators.Pictures;

namespace NeuralEdge.Tests.Documents;

/// <summary>The pictures are XML, and the README's is what the board's loop does with the demo's bed.</summary>
[TestClass]
public sealed class PictureTests
{
    [TestMethod]
    public void TheGreenhouseIsDrawnFromTheExamplesLogAndTheBoardsLoop() => Assert.AreEqual(
        GreenhousePicture.Write(Repository.Root),
        File.ReadAllText(Repository.PathOf(GreenhousePicture.Path)).ReplaceLineEndings("\n"),
        "run: dotnet run --project tools/NeuralEdge.Generators");

    [TestMethod]
    public void EveryPictureIsXmlWithATitle()
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf(".github/images"), "*.svg"))
        {
            Assert.IsTrue(XElement.Load(file).Elements().Any(element => element.Name.LocalName == "title"), file);
            Assert.IsTrue(Document.All.Any(document => document.Links.Any(link => link.EndsWith(Path.GetFileName(file), StringComparison.Ordinal))), $"no document shows {file}");
        }
    }
}
