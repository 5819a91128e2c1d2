"""Shapes: polygons of another size or in another place than their areas."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from shapely.affinity import scale, translate

from sozialbericht.plausibility.material import Material
from sozialbericht.plausibility.rules import shapes


@pytest.fixture
def with_polygons(shipped):
    """The shipped tables with some polygons changed: raum_id → function of the polygon."""

    def change(changes):
        frame = shipped.geometry.copy()
        frame.geometry = gpd.GeoSeries(
            [changes.get(name, lambda polygon: polygon)(polygon) for name, polygon in frame.geometry.items()],
            index=frame.index,
            crs=frame.crs,
        )
        return replace(shipped, geometry=frame)

    return change


def found(tables):
    return list(shapes.find(Material(tables)))


def test_the_shipped_polygons_fit(shipped):
    assert found(shipped) == []


def test_without_polygons_there_is_nothing_to_say(shipped):
    assert found(replace(shipped, geometry=None)) == []


def test_a_polygon_far_too_small(with_polygons):
    told = found(with_polygons({"sr_nette": lambda polygon: scale(polygon, 0.03, 0.03)}))
    assert {oddity.area for oddity in told} == {"sr_nette"}
    assert any("misst 0,0 km²" in oddity.what for oddity in told)
    assert any("Menschen auf einen km²" in oddity.what for oddity in told)
    assert all((oddity.rule, oddity.file) == ("flaeche", "raeume.geojson") for oddity in told)


def test_two_polygons_with_the_keys_of_each_other(shipped):
    frame = shipped.geometry.copy()
    names = list(frame.index)
    one, other = names.index("sr_mengede"), names.index("sr_aplerbeck")
    shapes_of = list(frame.geometry)
    shapes_of[one], shapes_of[other] = shapes_of[other], shapes_of[one]
    frame.geometry = gpd.GeoSeries(shapes_of, index=frame.index, crs=frame.crs)
    told = found(replace(shipped, geometry=frame))
    labels = [oddity for oddity in told if "Beschriftungspunkt" in oddity.what]
    assert {oddity.area for oddity in labels} == {"sr_mengede", "sr_aplerbeck"}
    assert any("er liegt in der Fläche von Aplerbeck" in oddity.what for oddity in labels)
    assert any("berührt kein anderes Gebiet von Stadtbezirk" in oddity.what for oddity in told)


def test_a_polygon_away_from_its_like(with_polygons):
    told = found(with_polygons({"sr_nette": lambda polygon: translate(polygon, 0, 9_000)}))
    assert {oddity.area for oddity in told} == {"sr_nette"}
    assert any("km" in oddity.what or "berührt kein anderes" in oddity.what for oddity in told)


def test_a_wood_without_people_is_no_wonder(planted, shipped):
    dates = [f"{year}-12-31" for year in range(2000, 2008)]
    few = planted({("sr_nette", "bev", date): 30.0 for date in dates})
    assert found(few) == []
    some = planted({("sr_nette", "bev", date): 301.0 for date in dates})
    assert np.isfinite([oddity.unusual for oddity in found(some)]).all()


def test_tables_without_a_population_have_no_density(with_polygons):
    tables = with_polygons({})
    indicators = tables.indicators.assign(typ_vorzeichen=np.nan)
    assert found(replace(tables, indicators=indicators)) == []
    assert found(replace(tables, indicators=indicators.drop(columns="typ_vorzeichen"))) == []
