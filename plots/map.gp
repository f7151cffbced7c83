# World map. file_shapes1: x, y, score, one block a ring, in drawing order. file_blank1: the
# same for countries without a score. file_sheet: x, y of the sheet's edge.
set title sprintf('%s, %d', index_name, year) offset 0,0.5
unset border; unset tics; unset grid; unset key
set size ratio -1
set margins screen 0.02, screen 0.98, screen 0.15, screen 0.93
set xrange [-2.75:2.75]; set yrange [-1.03:1.45]
set cbrange [score_low:score_high]
set colorbox horizontal user origin screen 0.30, screen 0.112 size screen 0.40, screen 0.022
set cbtics score_low, (score_high - score_low) / 5, score_high scale 0 offset 0,0.6
set label 1 note at screen 0.5, screen 0.044 center font ',10' textcolor rgb '#333333'
set label 2 disclaimer at screen 0.5, screen 0.017 center font ',8.5' textcolor rgb '#777777'
plot file_sheet using 1:2 with filledcurves closed fillcolor rgb '#f3f6f9', \
  file_blank1 using 1:2 with filledcurves closed fillcolor rgb '#c9c9c9' \
    fillstyle solid 1 border linecolor rgb '#ffffff' linewidth 0.5, \
  file_shapes1 using 1:2:3 with filledcurves closed linecolor palette, \
    '' using 1:2 with lines linecolor rgb '#ffffff' linewidth 0.5
